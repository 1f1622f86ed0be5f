package nlp

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// annotate gives the analysis of a sentence.
func annotate(t *testing.T, text string) []Token {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	tokens := Tokenize(text, 0, len(text))
	m.Annotate(tokens)
	return tokens
}

// arcs writes every token as "word label head".
func arcs(tokens []Token) []string {
	var out []string
	for _, t := range tokens {
		out = append(out, fmt.Sprintf("%s %s %s", t.Text, t.Dep, tokens[t.Head].Text))
	}
	return out
}

// The claims engine relies on these constructions of news prose.
func TestAnnotateArcs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       string // arcs that the tree must have
	}{
		{"active", "The court rejected the appeal on Monday.",
			"court nsubj rejected; rejected ROOT rejected; appeal dobj rejected; on prep rejected; Monday pobj on"},
		{"passive", "The bill was vetoed by the governor.",
			"bill nsubjpass vetoed; was auxpass vetoed; by agent vetoed; governor pobj by"},
		{"relative clause", "The company, which is based in Lisbon, fired 1,700 workers.",
			"company nsubj fired; which nsubjpass based; based relcl company; workers dobj fired; 1,700 nummod workers"},
		{"verbs joined", "The company fired 1,700 workers and closed two plants.",
			"fired ROOT fired; and cc fired; closed conj fired; plants dobj closed; two nummod plants"},
		{"apposition", "Ana Cole, a former senator from Ohio, criticized the deal.",
			"Cole nsubj criticized; senator appos Cole; former amod senator; from prep senator; Ohio pobj from"},
		{"report", "Officials said that 12 people were killed in the attack.",
			"Officials nsubj said; said ROOT said; that mark killed; people nsubjpass killed; killed ccomp said"},
		{"report without that", "Police said they arrested a man near the station.",
			"Police nsubj said; they nsubj arrested; arrested ccomp said; man dobj arrested"},
		{"report behind", "The bridge was closed after the storm, the mayor said.",
			"bridge nsubjpass closed; closed ccomp said; mayor nsubj said; said ROOT said"},
		{"quotation", "“We had a good meeting,” the minister told reporters on Friday.",
			"We nsubj had; had ccomp told; minister nsubj told; told ROOT told; reporters dobj told"},
		{"participle clause", "Speaking in Geneva, the envoy warned that prices would rise.",
			"Speaking advcl warned; envoy nsubj warned; that mark rise; prices nsubj rise; would aux rise; rise ccomp warned"},
		{"reduced relative", "Police arrested a man suspected of shooting the officer.",
			"man dobj arrested; suspected acl man; shooting pcomp of; officer dobj shooting"},
		{"copula", "The president is a former judge.",
			"president nsubj is; is ROOT is; judge attr is; former amod judge"},
		{"adjective", "The road was still wet.", "road nsubj was; was ROOT was; wet acomp was"},
		{"negation", "The ministry did not confirm the report.",
			"ministry nsubj confirm; did aux confirm; not neg confirm; report dobj confirm"},
		{"infinitive", "Iran agreed to stop the program.",
			"agreed ROOT agreed; to aux stop; stop xcomp agreed; program dobj stop"},
		{"possessive", "Cole’s lawyer denied the charges.", "Cole poss lawyer; ’s case Cole; lawyer nsubj denied"},
		{"time clause", "He resigned after the report was published.",
			"He nsubj resigned; after mark published; report nsubjpass published; published advcl resigned"},
		{"nouns joined", "Canada and Mexico signed the treaty.",
			"Canada nsubj signed; and cc Canada; Mexico conj Canada; treaty dobj signed"},
		{"headline", "Senate Passes Bill on Visas", "Senate nsubj Passes; Passes ROOT Passes; Bill dobj Passes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := arcs(annotate(t, tt.text))
			for want := range strings.SplitSeq(tt.want, "; ") {
				if !slices.Contains(got, want) {
					t.Errorf("%s\nlacks %q in %q", tt.text, want, got)
				}
			}
		})
	}
}

func TestAnnotateEntities(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"President Maria Lopez flew to Berlin on Friday.", "Maria Lopez PERSON; Berlin GPE; Friday DATE"},
		{"Microsoft paid $2 billion for the company in 2019.", "Microsoft ORG; $2 billion MONEY; 2019 DATE"},
		{"Prices rose 3.5% in France.", "3.5% PERCENT; France GPE"},
		{"The first of three Russian ships left.", "first ORDINAL; three CARDINAL; Russian NORP"},
	}
	for _, tt := range tests {
		tokens := annotate(t, tt.text)
		var got []string
		for i := 0; i < len(tokens); i++ {
			if !tokens[i].EntBegin {
				continue
			}
			end := i
			for end+1 < len(tokens) && tokens[end+1].Ent != "" && !tokens[end+1].EntBegin {
				end++
			}
			got = append(got, tt.text[tokens[i].Start:tokens[end].End]+" "+tokens[i].Ent)
		}
		if diff := cmp.Diff(strings.Split(tt.want, "; "), got); diff != "" {
			t.Errorf("%s\n%s", tt.text, diff)
		}
	}
}

func TestAnnotateTags(t *testing.T) {
	t.Parallel()
	tokens := annotate(t, "Lawmakers didn’t vote, but the U.S. Senate’s leaders are hopeful.")
	var got []string
	for _, tok := range tokens {
		got = append(got, tok.Lemma+"/"+tok.Tag)
	}
	want := "lawmaker/NNS do/VBD not/RB vote/VB ,/, but/CC the/DT u.s./NNP senate/NNP 's/POS leader/NNS be/VBP hopeful/JJ ./."
	if diff := cmp.Diff(strings.Fields(want), got); diff != "" {
		t.Error(diff)
	}
}

// Whatever the input, the heads form one tree and no token is left unlabelled.
func TestAnnotateTree(t *testing.T) {
	t.Parallel()
	texts := append(slices.Clone(article), "", "!", "“”", strings.Repeat("(said that ", 300), "a\xff b \x00", "1 2 3 4")
	for _, text := range texts {
		tokens := annotate(t, text)
		roots := 0
		for i, tok := range tokens {
			if tok.Head == i {
				roots++
			}
			if tok.Tag == "" || tok.Dep == "" || tok.Lemma == "" || (tok.Head == i) != (tok.Dep == "ROOT") {
				t.Errorf("token %+v of %.40q", tok, text)
			}
			for steps := 0; tokens[i].Head != i; steps++ {
				if i = tokens[i].Head; steps > len(tokens) {
					t.Fatalf("cycle in %.40q", text)
				}
			}
		}
		if len(tokens) > 0 && roots != 1 {
			t.Errorf("%d roots in %.40q", roots, text)
		}
	}
}

func TestAnnotateConcurrently(t *testing.T) {
	t.Parallel()
	want := annotate(t, article[0])
	for range 8 {
		t.Run("again", func(t *testing.T) {
			t.Parallel()
			annotate(t, article[1])
			if diff := cmp.Diff(want, annotate(t, article[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Version()) != 16 {
		t.Errorf("Version() = %q, want 16 hex digits", m.Version())
	}
}
