package encoder

import (
	"errors"
	"sync"
)

// Default gives the model that is built into the program. It is loaded when it is
// first asked for.
var Default = sync.OnceValues(func() (*Model, error) {
	if len(embedded) == 0 {
		return nil, errors.New("the program was built without its language model")
	}
	return Load(embedded)
})
