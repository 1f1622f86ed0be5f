package gazetteer

import (
	"fmt"
	"io/fs"
	"strings"
)

// record is a line of a data file, cut into its fields.
type record struct {
	file   string
	line   int
	fields []string
}

// readRecords reads the records of a data file. Every record must have the
// given number of fields.
func readRecords(files fs.FS, name string, fields int) ([]record, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var out []record
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		r := record{file: name, line: n, fields: strings.Split(line, "|")}
		if len(r.fields) != fields {
			return nil, r.errorf("%d fields, want %d", len(r.fields), fields)
		}
		for i := range r.fields {
			r.fields[i] = strings.TrimSpace(r.fields[i])
		}
		out = append(out, r)
	}
	return out, nil
}

// list cuts a field into the members of its list.
func (r record) list(field int) []string {
	var out []string
	for s := range strings.SplitSeq(r.fields[field], ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (r record) errorf(format string, args ...any) error {
	return fmt.Errorf("%s line %d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}
