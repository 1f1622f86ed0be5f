package claims

import "testing"

// FuzzPublished reads moments as callers write them: what is taken is written so that it
// is read as the same again.
func FuzzPublished(f *testing.F) {
	for _, s := range []string{"2025-03-28", "2025-03-28T09:00:00Z", "2025-03-28T09:00:00.5-05:00", "2025-02-30", "0000-01-01", "9999-12-31T23:59:59+14:00", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePublished(s)
		if err != nil {
			return
		}
		again, err := ParsePublished(p.String())
		if err != nil || again.String() != p.String() {
			t.Errorf("%q is %q and then %q (%v)", s, p, again, err)
		}
	})
}
