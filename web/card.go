package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
	"corroborate/web/views"
)

const (
	// cardPassages is how many passages of a position a card shows, cardWords how many
	// characters of each.
	cardPassages = 3
	cardWords    = 200
	// cardAge is how long a card may be shown without asking again: so long a share that
	// was ended may still be seen.
	cardAge = "public, max-age=60"
)

// CardPath is the path of the card with a secret.
func CardPath(token string) string { return "/cards/" + token }

// Card shows a finding to whoever has the address of its card. It needs to stand
// outside the sessions: it reads and sets no cookie.
func (w *Web) Card(rw http.ResponseWriter, r *http.Request) {
	w.cardHeaders(rw.Header())
	card, err := w.app.Card(r.Context(), chi.URLParam(r, "token"))
	switch {
	case claims.KindOf(err) == claims.NotFound:
		w.CardFault(rw, r, http.StatusNotFound, "There is no card at this address. It may have ended.")
	case err != nil:
		if r.Context().Err() == nil {
			w.log.ErrorContext(r.Context(), "card", "error", err, "request_id", middleware.GetReqID(r.Context()))
		}
		p := faultPage(r, err)
		if p.Status == http.StatusServiceUnavailable {
			rw.Header().Set("Retry-After", problem.ShortPause)
		}
		w.CardFault(rw, r, p.Status, "The card cannot be shown now. Try again in a moment.")
	default:
		w.sendCard(rw, r, views.Card(cardPage(card, w.address(r, "/findings/"+card.ID))))
	}
}

// CardFault says in the frame of a card that there is none.
func (w *Web) CardFault(rw http.ResponseWriter, r *http.Request, status int, message string) {
	w.cardHeaders(rw.Header())
	rw.Header().Set("Cache-Control", "no-store")
	if err := w.render(rw, r, status, views.CardMissing(message)); err != nil {
		http.Error(rw, message, status)
	}
}

// cardHeaders allow what a card needs: its own style, links that open elsewhere, and to
// be framed on the sites that the settings name.
func (w *Web) cardHeaders(h http.Header) {
	framed := "'none'"
	if len(w.embedOrigins) > 0 {
		framed = strings.Join(w.embedOrigins, " ")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin") // for sites that isolate themselves
	}
	h.Set("Content-Security-Policy", "default-src 'none'; style-src "+views.CardStyleHash()+"; base-uri 'none'; form-action 'none'; "+
		"sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors "+framed)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
}

// sendCard sends a card, or says that it is the one that the reader has.
func (w *Web) sendCard(rw http.ResponseWriter, r *http.Request, card templ.Component) {
	var b bytes.Buffer
	if err := card.Render(r.Context(), &b); err != nil {
		w.log.ErrorContext(r.Context(), "card", "error", err)
		w.CardFault(rw, r, http.StatusInternalServerError, "The card cannot be shown now. Try again in a moment.")
		return
	}
	sum := sha256.Sum256(b.Bytes())
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	rw.Header().Set("Cache-Control", cardAge)
	rw.Header().Set("ETag", tag)
	if hasTag(r, tag) {
		rw.WriteHeader(http.StatusNotModified)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = b.WriteTo(rw) // the reader is gone when this fails
}

// hasTag tells whether a reader has what a tag names.
func hasTag(r *http.Request, tag string) bool {
	for one := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		one = strings.TrimSpace(one)
		if one == "*" || one != "" && strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// cardPage turns a card into its page.
func cardPage(c app.Card, address string) views.CardPage {
	p := views.CardPage{Address: address, Summary: c.Summary, Verdict: c.Stands(), Veiled: c.Veiled, Sources: c.Sources,
		Origins: c.Origins, Outcome: string(c.Outcome), Stale: c.StaleReview, AsOf: c.AsOf,
		Engine: c.Engine.Version, OneOrigin: c.Stands() == claims.Agree && !c.Corroborated}
	placed := map[string]bool{}
	for _, position := range c.Positions {
		out := views.CardPosition{Value: position.Value, Sources: position.Sources}
		if len(c.Positions) > 1 {
			out.Letter = position.ID
		}
		for _, m := range c.Members {
			if slices.Contains(position.Claims, m.ID) {
				placed[m.ID] = true
				out.Passages = append(out.Passages, cardPassage(m))
			}
		}
		p.Positions = append(p.Positions, cutPosition(out))
	}
	rest := views.CardPosition{}
	for _, m := range c.Members {
		if !placed[m.ID] {
			rest.Passages = append(rest.Passages, cardPassage(m))
		}
	}
	if len(rest.Passages) > 0 {
		p.Positions = append(p.Positions, cutPosition(rest))
	}
	return p
}

// cutPosition leaves a few passages of a position, of as many sources as there are.
func cutPosition(p views.CardPosition) views.CardPosition {
	all := len(p.Passages)
	seen := map[string]int{}
	nth := make(map[views.CardPassage]int, all)
	for _, x := range p.Passages {
		nth[x] = seen[x.Source]
		seen[x.Source]++
	}
	slices.SortStableFunc(p.Passages, func(a, b views.CardPassage) int { return cmp.Compare(nth[a], nth[b]) })
	p.Passages = p.Passages[:min(all, cardPassages)]
	p.More = all - len(p.Passages)
	return p
}

func cardPassage(m app.Member) views.CardPassage {
	return views.CardPassage{Source: m.Source, Words: shortened(m.Exact, cardWords)}
}

// shortened cuts words to about so many characters, at a space where there is one.
func shortened(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + " …"
}
