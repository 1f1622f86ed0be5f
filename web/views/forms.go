package views

// Errors says what is wrong with a form: by field, and on the whole.
type Errors struct {
	Form   string
	Fields map[string]string
}

// Any tells whether anything is wrong.
func (e Errors) Any() bool { return e.Form != "" || len(e.Fields) > 0 }

// Of gives what is wrong with a field, empty when nothing is.
func (e Errors) Of(field string) string { return e.Fields[field] }
