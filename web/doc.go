// Package web is the pages: handlers that read a request, call package app, and
// write a page of package views.
//
// # A page, from front to back
//
// [Routes] lists every route with who may use it, and [Web.Routes] registers
// exactly these, each behind its access. A handler returns an error instead of
// writing one; the adapter in serve.go turns it into a redirect to the sign-in, a
// page with the right status, or, for a form, the form again with what was
// entered (422, by the handler itself). Pages are rendered to memory first, so a
// page that fails half-way is never sent.
//
// What the use cases give is turned into what a page shows by plain functions
// (storyPage, findingPage, …), which tests call without a request.
//
// Everything works without JavaScript and within a content security policy that
// permits nothing inline.
package web
