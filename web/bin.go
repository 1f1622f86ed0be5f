package web

import "net/http"

func (w *Web) bin(rw http.ResponseWriter, r *http.Request) error { return nil }
