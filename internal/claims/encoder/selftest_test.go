package encoder

import (
	"strings"
	"testing"
)

// TestSelfTest asserts that the model that is built in is the one that the constants
// name. After an exchange of the model they are to be changed to what this prints.
func TestSelfTest(t *testing.T) {
	m := model(t)
	print, err := m.SelfTest()
	if err != nil {
		t.Fatal(err)
	}
	if m.Hash() != EmbeddedHash || print != EmbeddedPrint {
		t.Errorf("EmbeddedHash is %q and EmbeddedPrint %q, want %q and %q", EmbeddedHash, EmbeddedPrint, m.Hash(), print)
	}
}

// TestSelfTestFindsAWrongLoop gives the model loops that compute wrongly.
func TestSelfTestFindsAWrongLoop(t *testing.T) {
	k := generic
	k.name = "broken"
	k.normalise = func(x, weight, bias []float32, mean, factor float32) {
		generic.normalise(x, weight, bias, mean, factor*(1+1.0/(1<<20)))
	}
	if _, err := tiny(t).with(&k).SelfTest(); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("the test says %v", err)
	}
}
