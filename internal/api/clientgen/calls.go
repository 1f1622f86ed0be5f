package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// call is one operation as a method of the client.
type call struct {
	operation
	method, path string
	name         string
	// ids are the parameters in the path, in their order.
	ids []string
	// query are the parameters in the query.
	query []parameter
	// etag is true where If-Match is needed.
	etag bool
	// resumes is true where Last-Event-ID is taken.
	resumes bool
	// bodyType is the type of a JSON body, bodyMedia the media type of another; both are
	// empty where there is no body.
	bodyType, bodyMedia string
	// result is the type of a JSON answer, empty where it has none. File is true for an
	// answer that is no JSON, stream for one of events.
	result       string
	file, stream bool
	// tagged is true where the answer has an ETag.
	tagged bool
	// item is the type of the items where the answer is a part of a list.
	item string
}

// writeCalls writes a method for each operation, in the order of their names.
func writeCalls(doc document) (string, error) {
	var calls []call
	for path, methods := range doc.Paths {
		for method, op := range methods {
			c, err := newCall(doc, op)
			if err != nil {
				return "", fmt.Errorf("%s %s: %w", method, path, err)
			}
			c.method, c.path = strings.ToUpper(method), path
			calls = append(calls, c)
		}
	}
	slices.SortFunc(calls, func(a, b call) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	for _, c := range calls {
		c.write(&b)
	}
	return b.String(), nil
}

func newCall(doc document, op operation) (call, error) {
	c := call{operation: op, name: exported(op.ID)}
	for _, p := range op.Parameters {
		switch p.In {
		case "path":
			c.ids = append(c.ids, p.Name)
		case "query":
			if slices.Contains(p.Schema.Type, "array") && p.Explode != nil && !*p.Explode {
				return call{}, fmt.Errorf("the parameter %s joins its values", p.Name)
			}
			c.query = append(c.query, p)
		case "header":
			c.etag = c.etag || p.Name == "If-Match"
			c.resumes = c.resumes || p.Name == "Last-Event-ID"
		default:
			return call{}, fmt.Errorf("a parameter is in %q", p.In)
		}
	}
	if err := c.takeBody(); err != nil {
		return call{}, err
	}
	return c, c.takeAnswer(doc)
}

func (c *call) takeBody() error {
	if c.Body == nil {
		return nil
	}
	for name, m := range c.Body.Content {
		if name != "application/json" {
			c.bodyMedia = name
			continue
		}
		var err error
		if c.bodyType, err = m.Schema.goType(); err != nil {
			return fmt.Errorf("the body: %w", err)
		}
	}
	return nil
}

// takeAnswer reads the answer of success; where several are documented they have the
// same body.
func (c *call) takeAnswer(doc document) error {
	for _, status := range slices.Sorted(maps.Keys(c.Responses)) {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		r := c.Responses[status]
		_, c.tagged = r.Headers["ETag"]
		for name, m := range r.Content {
			if name != "application/json" {
				c.stream, c.file = name == "text/event-stream", name != "text/event-stream"
				continue
			}
			var err error
			if c.result, err = m.Schema.goType(); err != nil {
				return fmt.Errorf("the answer: %w", err)
			}
			if shape := doc.Components.Schemas[m.Schema.refName()]; hasKeys(shape.Properties, "items", "next_cursor") && c.takes("cursor") {
				c.item, err = shape.Properties["items"].Items.goType()
				return err
			}
		}
		return nil
	}
	return errors.New("no status of success is documented")
}

func hasKeys(m map[string]schema, names ...string) bool {
	return len(m) == len(names) && !slices.ContainsFunc(names, func(n string) bool { _, ok := m[n]; return !ok })
}

func (c call) takes(query string) bool {
	return slices.ContainsFunc(c.query, func(p parameter) bool { return p.Name == query })
}

// write writes the type of the query, the method, and for a list the one that gives all.
func (c call) write(b *strings.Builder) {
	c.writeQuery(b)
	about := c.Summary + ": " + strings.ToLower(c.Description[:1]) + c.Description[1:]
	fmt.Fprintf(b, "// %s calls %s %s.\n//\n%s", c.name, c.method, c.path, comment("", about))
	fmt.Fprintf(b, "func (c *Client) %s(%s) %s {\n\treturn %s\n}\n\n", c.name, c.arguments(), c.results(), c.send())
	if c.item != "" {
		c.writeAll(b)
	}
}

// writeQuery writes the type of the parameters in the query.
func (c call) writeQuery(b *strings.Builder) {
	if len(c.query) == 0 {
		return
	}
	fmt.Fprintf(b, "// %sQuery chooses what %s gives; what is empty is left out.\ntype %sQuery struct {\n", c.name, c.name, c.name)
	var set strings.Builder
	for _, p := range c.query {
		field, s := exported(p.Name), p.Schema
		typ, value := "string", "q."+field
		switch {
		case slices.Contains(s.Type, "integer"):
			typ, value = "int", "number(q."+field+")"
		case slices.Contains(s.Type, "boolean"):
			typ, value = "bool", "yes(q."+field+")"
		case slices.Contains(s.Type, "array"):
			fmt.Fprintf(b, "%s\t%s []string\n", comment("\t", s.Description), field)
			fmt.Fprintf(&set, "\tv[%q] = q.%s\n", p.Name, field)
			continue
		case s.Format == "date-time":
			typ, value = "time.Time", "instant(q."+field+")"
		}
		fmt.Fprintf(b, "%s\t%s %s\n", comment("\t", s.Description), field, typ)
		fmt.Fprintf(&set, "\tset(v, %q, %s)\n", p.Name, value)
	}
	fmt.Fprintf(b, "}\n\nfunc (q %sQuery) values() url.Values {\n\tv := url.Values{}\n%s\treturn v\n}\n\n", c.name, set.String())
}

func (c call) arguments() string {
	args := []string{"ctx context.Context"}
	for _, id := range c.ids {
		args = append(args, local(id)+" string")
	}
	if c.etag {
		args = append(args, "etag string")
	}
	if c.resumes {
		args = append(args, "after string")
	}
	if len(c.query) > 0 {
		args = append(args, "query "+c.name+"Query")
	}
	switch {
	case c.bodyType != "":
		args = append(args, "body "+c.bodyType)
	case c.bodyMedia != "":
		args = append(args, "body io.Reader")
	}
	return strings.Join(args, ", ")
}

func (c call) results() string {
	switch {
	case c.stream:
		return "(*Events, error)"
	case c.file:
		return "([]byte, error)"
	case c.result == "":
		return "error"
	case c.tagged:
		return "(Tagged[" + c.result + "], error)"
	}
	return "(" + c.result + ", error)"
}

// send writes the call of the function that makes it.
func (c call) send() string {
	path := strconv.Quote(c.path)
	for _, id := range c.ids {
		path = strings.ReplaceAll(path, "{"+id+"}", `"+escape(`+local(id)+`)+"`)
	}
	path = strings.TrimSuffix(path, `+""`)
	fields := []string{"method: " + strconv.Quote(c.method), "path: " + path}
	if len(c.query) > 0 {
		fields = append(fields, "query: query.values()")
	}
	if c.etag {
		fields = append(fields, "etag: etag")
	}
	if c.resumes {
		fields = append(fields, "after: after")
	}
	switch {
	case c.bodyType != "":
		fields = append(fields, "body: body")
	case c.bodyMedia != "":
		fields = append(fields, "file: body, media: "+strconv.Quote(c.bodyMedia))
	}
	if slices.ContainsFunc(c.Parameters, func(p parameter) bool { return p.Name == "Idempotency-Key" }) {
		fields = append(fields, "once: true")
	}
	request := "request{" + strings.Join(fields, ", ") + "}"
	switch {
	case c.stream:
		return "c.stream(ctx, " + request + ")"
	case c.file:
		return "c.file(ctx, " + request + ")"
	case c.result == "":
		return "c.nothing(ctx, " + request + ")"
	case c.tagged:
		return "tagged[" + c.result + "](ctx, c, " + request + ")"
	}
	return "plain[" + c.result + "](ctx, c, " + request + ")"
}

// writeAll writes the method that goes through all parts of a list.
func (c call) writeAll(b *strings.Builder) {
	var given strings.Builder
	for _, id := range c.ids {
		given.WriteString(local(id) + ", ")
	}
	name := "All" + strings.TrimPrefix(c.name, "List")
	b.WriteString(comment("", name+" goes through every part of what [Client."+c.name+"] gives. It ends at the first error, which it gives with an empty item."))
	fmt.Fprintf(b, "func (c *Client) %s(%s) iter.Seq2[%s, error] {\n", name, c.arguments(), c.item)
	fmt.Fprintf(b, "\treturn all(func(cursor string) ([]%s, string, error) {\n\t\tquery.Cursor = cursor\n", c.item)
	fmt.Fprintf(b, "\t\tl, err := c.%s(ctx, %squery)\n\t\treturn l.Items, l.NextCursor, err\n\t})\n}\n\n", c.name, given.String())
}
