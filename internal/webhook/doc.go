// Package webhook holds what is told to programs outside: the events, their shapes in
// JSON, and how a delivery is signed. It follows the Standard Webhooks specification
// (https://www.standardwebhooks.com), so that its libraries verify what is sent. It
// knows neither database nor network.
package webhook
