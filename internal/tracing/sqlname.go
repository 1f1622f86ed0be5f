package tracing

import "strings"

const (
	// maxName bounds the name of a statement.
	maxName = 80
	// maxLook is how much of a statement is looked through for its table.
	maxLook = 4096
)

// nameOf names a statement by what it does and to which table: "SELECT stories". One that
// carries a name in a comment in front goes by that. Only words that can name something are
// taken, so that nothing of what stands between quotes gets in.
func nameOf(sql string) string {
	sql = strings.TrimSpace(sql[:min(len(sql), maxLook)])
	if rest, ok := strings.CutPrefix(sql, "-- name:"); ok {
		if given, _, _ := strings.Cut(strings.TrimSpace(rest), " "); isWord(given) {
			return clip(given)
		}
	}
	words := wordsOf(sql)
	if len(words) == 0 {
		return "statement"
	}
	verb := strings.ToUpper(words[0])
	if !verbs[verb] {
		return "statement"
	}
	for i, w := range words[1:] {
		if intoTable[strings.ToUpper(w)] && i+2 < len(words) && words[i+2] != "" && !notTable[strings.ToUpper(words[i+2])] {
			return clip(verb + " " + words[i+2])
		}
		if verb == "UPDATE" && i == 0 && w != "" {
			return clip(verb + " " + w)
		}
	}
	return verb
}

func clip(name string) string { return name[:min(len(name), maxName)] }

// verbs begin statements.
var verbs = setOf("SELECT INSERT UPDATE DELETE WITH MERGE VALUES TABLE CALL BEGIN COMMIT ROLLBACK SAVEPOINT RELEASE START " +
	"SET RESET SHOW LISTEN UNLISTEN NOTIFY LOCK COPY PREPARE DEALLOCATE EXPLAIN ANALYZE VACUUM TRUNCATE CREATE ALTER DROP GRANT REVOKE DO REINDEX")

// intoTable stand before the name of a table, notTable there without being one.
var (
	intoTable = setOf("FROM INTO UPDATE JOIN")
	notTable  = setOf("SELECT LATERAL ONLY UNNEST JOIN WHERE ON")
)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// wordsOf gives the names and keywords of a statement in their order, without what is in
// quotes or a comment. A name in quotes is an empty word.
func wordsOf(sql string) []string {
	var out []string
	for i := 0; i < len(sql); {
		switch c := sql[i]; {
		case c == '"': // a name that could hold anything
			out = append(out, "")
			i += skip(sql[i:], `"`, 1)
		case c == '\'':
			i += skip(sql[i:], "'", 1)
		case strings.HasPrefix(sql[i:], "--"):
			i += skip(sql[i:], "\n", 2)
		case strings.HasPrefix(sql[i:], "/*"):
			i += skip(sql[i:], "*/", 2)
		case c == '$':
			i += skipDollar(sql[i:])
		case isLetter(c):
			n := 1
			for i+n < len(sql) && (isLetter(sql[i+n]) || isDigit(sql[i+n])) {
				n++
			}
			out = append(out, sql[i:i+n])
			i += n
		default:
			i++
		}
	}
	return out
}

// skip gives how long a part is that ends with end and begins with some bytes.
func skip(s, end string, begins int) int {
	at := strings.Index(s[begins:], end)
	if at < 0 {
		return len(s)
	}
	return begins + at + len(end)
}

// skipDollar gives how long a string in dollar quotes is, 1 where there is none.
func skipDollar(s string) int {
	at := strings.IndexByte(s[1:], '$')
	if at < 0 || at > 0 && !isWord(s[1:1+at]) {
		return 1
	}
	tag := s[:at+2]
	return skip(s, tag, len(tag))
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWord tells whether s can be a name.
func isWord(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && (i == 0 || !isDigit(s[i])) {
			return false
		}
	}
	return s != ""
}
