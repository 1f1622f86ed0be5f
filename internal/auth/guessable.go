package auth

import (
	_ "embed"
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// commonList holds the passwords of at least [MinPassword] characters that most people
// have, in lower case, a line each and sorted. THIRD_PARTY.md says where it is from.
//
//go:embed common.txt
var commonList string

var commonPasswords = sync.OnceValue(func() []string { return strings.Split(strings.TrimSpace(commonList), "\n") })

const (
	// product is what everybody here could take for a password.
	product = "corroborate"
	// leastName is how many letters make a word a part of a name, leastRest how many
	// characters a password needs besides such words.
	leastName = 3
	leastRest = 4
)

var (
	errCommon = errors.New("many people have it, so it is tried first; take another, such as four words that do not belong together")
	errOwn    = errors.New("it is made of your name, your address or the name of this service")
)

// guessable says why somebody would soon try a password: it is among the most common
// ones, or little more than what is known of its owner.
func guessable(password string, about []string) error {
	password = strings.ToLower(password)
	if _, found := slices.BinarySearch(commonPasswords(), password); found {
		return errCommon
	}
	for _, known := range append(about, product) {
		for word := range strings.FieldsFuncSeq(strings.ToLower(known), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(word) < leastName {
				continue
			}
			if rest := strings.ReplaceAll(password, word, ""); rest != password {
				password = rest
				if utf8.RuneCountInString(password) < leastRest {
					return errOwn
				}
			}
		}
	}
	return nil
}
