// Package api is the REST API, version 1, under /api/v1.
//
// Each call is an [operation] in a file of its kind (stories.go, articles.go,
// findings.go and so on), next to the shapes of what it takes and gives. The
// library huma reads the shapes, checks requests against them and writes the
// OpenAPI document; what it does not do is here: who may call (access.go), the
// conduct that every call keeps (conduct.go, idempotency.go, etag.go, limit.go)
// and the one way in which errors are shown (errors.go). Rights, rules and
// storage are package app's.
package api
