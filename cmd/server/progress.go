package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// barWidth is the number of cells of a progress bar.
const barWidth = 30

// progress shows how far a command is: a bar where stderr is a terminal, a line
// at each tenth where it is a log. Work of a few steps says nothing in a log.
type progress struct {
	w        io.Writer
	unit     string
	terminal bool
	tenth    int
}

func newProgress(w io.Writer, unit string) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, unit: unit, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) show(done, total int) {
	switch {
	case p.terminal:
		cells := barWidth * done / max(total, 1)
		fmt.Fprintf(p.w, "\r[%s%s] %d of %d %s", strings.Repeat("#", cells), strings.Repeat(".", barWidth-cells), done, total, p.unit)
	case total >= 20 && 10*done/total > p.tenth:
		p.tenth = 10 * done / total
		fmt.Fprintf(p.w, "%d of %d %s\n", done, total, p.unit)
	}
}

func (p *progress) end() {
	if p.terminal {
		fmt.Fprintln(p.w)
	}
}
