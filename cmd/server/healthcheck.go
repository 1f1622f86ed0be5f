package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"
)

// healthTimeout is how long the service may take to say that it is well.
const healthTimeout = 5 * time.Second

func healthcheckCommand() command {
	return command{
		name:    "healthcheck",
		summary: "ask the service at ADDR whether it is well",
		help: "Asks the service at ADDR for /healthz. Exit status 0 means that it answered and\n" +
			"is well. It is meant for containers, which have no other program to ask with.",
		setup: func(*flag.FlagSet) runner { return healthcheck },
	}
}

func healthcheck(ctx context.Context, env environment, _ []string) error {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	url := "http://" + reachable(cfg.Addr) + "/healthz"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("ask for health: %w", err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask for health: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, resp.Status)
	}
	return nil
}

// reachable gives an address that can be called from this machine: one that
// means every interface becomes localhost.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
