package claims

import (
	"testing"
	"unicode/utf8"
)

// TestLanguagesShortAndLong holds the engine away from what it cannot read: short
// and long texts, headlines in capitals, names alone, tables, code, two languages
// in one text.
func TestLanguagesShortAndLong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, text string }{
		{"en", "The minister resigned on Tuesday."},
		{"en", "Fire kills 12"},
		{"en", "MINISTER QUITS AFTER TALKS COLLAPSE"},
		{"en", "Storm Elsa: 3 dead, 40,000 without power"},
		{"en", "Tesla recalls 300,000 cars"},
		{"en", "Apple unveils new iPhone in Cupertino"},
		{"en", "Kristi Noem met Gustavo Petro on Thursday."},
		{"en", "Ana Cole resigned."},
		{"es", "Bukele recibe a Petro en Bogotá."},
		{"en", "Macron meets Scholz in Berlin"},
		{"en", "NEW YORK (AP) — Stocks fell."},
		{"en", "Police arrested two men in Lagos on Friday. They are accused of robbing a bank in Ikeja. The court will hear their case in May."},
		{"en", "El Salvador's President Nayib Bukele met Kristi Noem in San Salvador. They signed a memorandum."},
		{"en", "Real Madrid beat Barcelona 3-1 in La Liga. Vinicius Junior scored twice; Karim Benzema added a third. Xavi blamed his defenders."},
		{"names", "Pos. Driver Points\n1 Kyle Busch 5040\n2 Martin Truex Jr. 5035\n3 Kevin Harvick 5033\n4 Denny Hamlin 5027"},
		{"en", "The word Schadenfreude, as in \"Schadenfreude ist die schönste Freude\", came up when the mayor spoke to reporters in the town hall."},
		{"de", "Der Minister trat am Dienstag zurück."},
		{"de", "MINISTER TRITT NACH GESPRÄCHEN ZURÜCK"},
		{"de", "Feuer tötet zwölf Menschen"},
		{"de", "Bundestag beschließt Rentenpaket"},
		{"de", "Die Polizei nahm am Freitag zwei Männer in Hamburg fest. Ihnen wird vorgeworfen, eine Bank überfallen zu haben. Das Gericht verhandelt im Mai."},
		{"fr", "Le ministre a démissionné mardi."},
		{"fr", "LE MINISTRE DÉMISSIONNE"},
		{"fr", "La police a arrêté deux hommes à Lyon vendredi. Ils sont accusés d'avoir attaqué une banque. Le tribunal les entendra en mai."},
		{"es", "El ministro renunció el martes."},
		{"es", "Bukele recibe a Noem"},
		{"es", "MUEREN 12 PERSONAS EN INCENDIO"},
		{"es", "La policía detuvo el viernes a dos hombres en Bogotá. Se les acusa de asaltar un banco. El tribunal los escuchará en mayo."},
		{"pt", "O ministro renunciou na terça-feira."},
		{"pt", "Incêndio mata 12 pessoas"},
		{"pt", "A polícia prendeu dois homens em Lisboa na sexta-feira. São acusados de assaltar um banco. O tribunal irá ouvi-los em maio."},
		{"it", "Il ministro si è dimesso martedì."},
		{"it", "Incendio uccide dodici persone"},
		{"it", "La polizia ha arrestato venerdì due uomini a Milano. Sono accusati di aver rapinato una banca. Il tribunale li ascolterà a maggio."},
		{"nl", "De minister trad dinsdag af."},
		{"nl", "Brand kost twaalf mensen het leven"},
		{"nl", "De politie heeft vrijdag twee mannen in Utrecht opgepakt. Ze worden ervan verdacht een bank te hebben overvallen. De rechtbank behandelt de zaak in mei."},
		{"sv", "Ministern avgick i tisdags."},
		{"sv", "Polisen grep två män i Malmö på fredagen. De misstänks för att ha rånat en bank. Tingsrätten tar upp målet i maj."},
		{"da", "Ministeren trådte tilbage tirsdag."},
		{"da", "Politiet anholdt fredag to mænd i Aarhus. De er sigtet for at have røvet en bank. Retten behandler sagen i maj."},
		{"fi", "Ministeri erosi tiistaina."},
		{"pl", "Minister podał się do dymisji we wtorek."},
		{"pl", "Pożar zabił 12 osób"},
		{"tr", "Bakan salı günü istifa etti."},
		{"tr", "Yangında 12 kişi öldü"},
		{"id", "Menteri itu mengundurkan diri pada hari Selasa."},
		{"id", "Kebakaran tewaskan 12 orang"},
		{"vi", "Bộ trưởng từ chức hôm thứ Ba."},
		{"ru", "Министр подал в отставку во вторник."},
		{"uk", "Міністр подав у відставку у вівторок."},
		{"ar", "استقال الوزير يوم الثلاثاء."},
		{"he", "השר התפטר ביום שלישי."},
		{"zh", "部长周二辞职。"},
		{"ja", "大臣は火曜日に辞任した。"},
		{"ko", "장관이 화요일에 사임했다."},
		{"hi", "मंत्री ने मंगलवार को इस्तीफा दे दिया।"},
		{"ro", "Ministrul a demisionat marți."},
		{"ro", "Incendiul a ucis 12 oameni"},
		{"cs", "Ministr v úterý rezignoval."},
		{"hu", "A miniszter kedden lemondott."},
		{"sw", "Waziri alijiuzulu siku ya Jumanne."},
		{"sw", "Moto waua watu kumi na wawili"},
		{"tl", "Nagbitiw ang ministro noong Martes."},
		{"hr", "Ministar je podnio ostavku u utorak."},
		{"code", "func main() { fmt.Println(\"hello\") }\nfor i := 0; i < 10; i++ { x += i }"},
		{"num", "12 14 15\n33 44"},
		{"en", "The mayor said the bridge was shut after a crack was found in its pier on Thursday. The city will pay. \n\nDer Bürgermeister sagte, die Brücke sei gesperrt."},
		{"mix-de", "Der Bürgermeister sagte, die Brücke sei am Donnerstag gesperrt worden, weil in einem Pfeiler ein Riss gefunden wurde. Die Stadt zahlt. The mayor said so."},
		{"mix-es", "El alcalde dijo que el puente fue cerrado el jueves porque se encontró una grieta. \"We will pay for it,\" he said. La ciudad pagará por las obras."},
	} {
		code, why := detectLanguage(c.text)
		if english := c.lang == "en"; (why == "") != english || english != (code == "en") {
			t.Errorf("%s: got %q, %q for %q", c.lang, code, why, c.text)
		}
	}
}

func FuzzDetectLanguage(f *testing.F) {
	f.Add("The mayor's words — she’d said 'no'.")
	f.Add("\u0130stanbul'da 12 ki\u015fi")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		code, why := detectLanguage(s)
		if (code == "en") != (why == "") {
			t.Errorf("%q, %q", code, why)
		}
	})
}
