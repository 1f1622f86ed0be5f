package main

import (
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/app"
	"corroborate/internal/judge"
	"corroborate/internal/store"
)

const (
	// minJudgeTimeout and maxJudgeTimeout bound how long the second judge may take.
	minJudgeTimeout = time.Second
	maxJudgeTimeout = 10 * time.Minute
	// minAnswerTokens is room for the shortest answer, minTokensPerDay for some questions.
	minAnswerTokens = 100
	minTokensPerDay = 20_000
	// maxAnswerTokens keeps one answer within what a day has at the least.
	maxAnswerTokens = 16_000
	// maxLanes is the most calls at a time.
	maxLanes = 32
)

// checkSecondJudge finds what is wrong with the settings of the second judge.
func (c config) checkSecondJudge(wrong func(setting, why string)) {
	if c.LLMBaseURL == "" {
		for _, s := range []struct{ setting, value string }{{"LLM_MODEL", c.LLMModel}, {"LLM_KEY", c.LLMKey}} {
			if s.value != "" {
				wrong(s.setting, "set LLM_BASE_URL too, without which there is no second judge")
			}
		}
	} else {
		if err := judge.CheckBaseURL(c.LLMBaseURL); err != nil {
			wrong("LLM_BASE_URL", err.Error())
		}
		if c.LLMModel == "" {
			wrong("LLM_MODEL", "name the model that LLM_BASE_URL is to be asked for")
		}
	}
	// A key with such letters could not be sent, and the fault would be met at the first call.
	if strings.ContainsFunc(c.LLMKey, func(r rune) bool { return r <= ' ' || r > '~' }) {
		wrong("LLM_KEY", "want letters, digits and signs of ASCII, without spaces")
	}
	if c.LLMTimeout < minJudgeTimeout || c.LLMTimeout > maxJudgeTimeout {
		wrong("LLM_TIMEOUT", fmt.Sprintf("want a time from %s to %s", minJudgeTimeout, maxJudgeTimeout))
	}
	for _, n := range []struct {
		setting            string
		value, least, most int
	}{
		{"LLM_ANSWER_TOKENS", c.LLMAnswerTokens, minAnswerTokens, maxAnswerTokens},
		{"LLM_CALLS_PER_DAY", c.LLMCalls, 1, 1_000_000},
		{"LLM_TOKENS_PER_DAY", c.LLMTokens, minTokensPerDay, 1_000_000_000},
		{"LLM_CONCURRENCY", c.LLMConcurrency, 1, maxLanes},
	} {
		if n.value < n.least || n.value > n.most {
			wrong(n.setting, fmt.Sprintf("want a number from %d to %d", n.least, n.most))
		}
	}
}

// secondJudge gives how pairs are judged a second time: not at all without an endpoint.
func (c config) secondJudge(log *slog.Logger) (app.SecondJudgeConfig, error) {
	if c.LLMBaseURL == "" {
		return app.SecondJudgeConfig{}, nil
	}
	client, err := judge.New(judge.Config{BaseURL: c.LLMBaseURL, Model: c.LLMModel, Key: c.LLMKey,
		Timeout: c.LLMTimeout, AnswerTokens: c.LLMAnswerTokens})
	if err != nil {
		return app.SecondJudgeConfig{}, err
	}
	if u, err := url.Parse(c.LLMBaseURL); err == nil && u.Scheme == "http" && c.LLMKey != "" {
		log.Warn("the key of the second judge is sent without TLS", "host", client.Host())
	}
	log.Info("pairs of passages are sent to a second judge", "model", client.Model(), "host", client.Host())
	return app.SecondJudgeConfig{Client: client, Lanes: c.LLMConcurrency,
		Budget: store.SecondBudget{Calls: c.LLMCalls, Tokens: c.LLMTokens}}, nil
}

// figuresOf gives the figures of the second judge's calls, none where there is none.
func figuresOf(second app.SecondJudgeConfig) []prometheus.Collector {
	if second.Client == nil {
		return nil
	}
	return []prometheus.Collector{second.Client.Meter()}
}
