package main

import (
	"context"
	"errors"
	"flag"

	"corroborate/internal/claims"
)

func extractCommand() command {
	return streamCommand("extract", "list the claims of articles",
		`Reads articles from standard input, one JSON object a line ({"id", "text"
or "html", "source", "title", "url", "published_at"}), and writes {"id", "claims":
[...]} for each. A broken line is named on standard error, the others are answered; the
exit status is then 1.`, extractLine)
}

func compareCommand() command {
	return streamCommand("compare", "say how two statements stand to one another",
		`Reads {"id", "a", "b"}, one JSON object a line, and writes {"id", "relation",
"direction", "score", "differences"} for each: agree (a tells b and nothing
conflicts), diverge (they conflict) or unrelated (a does not tell b).`, compareLine)
}

func groupCommand() command {
	return streamCommand("group", "sort articles into stories as they arrive",
		`Reads articles in their order of arrival, one JSON object a line ({"id", "text"
or "html", "source", "title", "published_at"}), and writes {"id", "story"} for each when it is
read. A story is named by the id of its first article.`, groupLines)
}

// lineHandler answers one line of a stream.
type lineHandler func(line []byte) error

// streamCommand makes a command that answers a stream line by line.
func streamCommand(name, summary, help string, open func(environment, *claims.Engine) lineHandler) command {
	return command{name: name, summary: summary, help: help,
		setup: func(*flag.FlagSet) runner {
			return func(ctx context.Context, env environment, _ []string) error {
				engine, err := claims.NewEngine()
				if err != nil {
					return err
				}
				handle := open(env, engine)
				return eachLine(env, func(line []byte) error {
					if err := ctx.Err(); err != nil {
						return &writeError{err}
					}
					return handle(line)
				})
			}
		},
	}
}

func extractLine(env environment, engine *claims.Engine) lineHandler {
	return func(line []byte) error {
		art, err := decodeArticle(line)
		if err != nil {
			return err
		}
		return answer(env.stdout, struct {
			ID     string         `json:"id"`
			Claims []claims.Claim `json:"claims"`
		}{art.ID, engine.Extract(art)})
	}
}

// decodeArticle reads one line that holds an article.
func decodeArticle(line []byte) (claims.Article, error) {
	var in articleInput
	if err := decode(line, &in); err != nil {
		return claims.Article{}, err
	}
	if in.File != "" {
		return claims.Article{}, errors.New("file: a stream gives the text itself")
	}
	return in.article("")
}

func compareLine(env environment, engine *claims.Engine) lineHandler {
	return func(line []byte) error {
		var in struct {
			ID string  `json:"id"`
			A  *string `json:"a"`
			B  *string `json:"b"`
		}
		if err := decode(line, &in); err != nil {
			return err
		}
		switch {
		case in.ID == "":
			return errors.New("id: is missing")
		case in.A == nil:
			return errors.New("a: is missing")
		case in.B == nil:
			return errors.New("b: is missing")
		case len(*in.A) > claims.MaxText || len(*in.B) > claims.MaxText:
			return errors.New("a, b: a statement is too long")
		}
		return answer(env.stdout, struct {
			ID string `json:"id"`
			claims.Comparison
		}{in.ID, engine.Compare(*in.A, *in.B)})
	}
}

func groupLines(env environment, engine *claims.Engine) lineHandler {
	grouper := claims.NewGrouper(engine)
	return func(line []byte) error {
		art, err := decodeArticle(line)
		if err != nil {
			return err
		}
		return answer(env.stdout, struct {
			ID    string `json:"id"`
			Story string `json:"story"`
		}{art.ID, grouper.Add(art)})
	}
}
