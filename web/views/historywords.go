package views

import (
	"maps"
	"slices"
	"strings"
)

// phrases say in words what each action of the history did. {object} stands for what
// it was done to, other names in braces for what was noted besides; what is not
// noted is left out with the words in square brackets around it. No phrase tells what
// a review decided: that is for the page of the finding, which knows who may see it.
var phrases = map[string]string{
	"story.add":     "added the story {object}",
	"story.edit":    "renamed the story {object}[, which was called “{from}”]",
	"story.lock":    "locked the story {object}",
	"story.unlock":  "unlocked the story {object}",
	"story.delete":  "put the story {object} into the bin",
	"story.restore": "took the story {object} out of the bin",
	"story.erase":   "erased the story {object} for good",
	"story.analyze": "had the story {object} analysed again",
	"story.merge":   "merged the story “{title}” into {object}",
	"story.split":   "split {articles} of its articles off the story {object}[, as {to}]",
	"story.move":    "moved {articles} articles to the story {object}[ from {from}]",

	"article.add":      "added the article {object}[ of {source}]",
	"article.fetch":    "had an article fetched from {url}",
	"article.refetch":  "had the page of the article {object} read again",
	"article.edit":     "changed the article {object}[: {fields}]",
	"article.revise":   "stored a new revision of the article {object}",
	"article.withdraw": "noted that the publisher withdrew the article {object}",
	"article.delete":   "put the article {object} into the bin",
	"article.restore":  "took the article {object} out of the bin",
	"article.erase":    "erased the article {object} for good",
	"article.analyze":  "had the article {object} analysed again",
	"article.settle":   "settled that the article {object} belongs where it is",

	"finding.review":    "reviewed the finding {object}",
	"finding.share":     "shared the finding {object} as a card",
	"finding.share_end": "ended a card of the finding {object}",
	"finding.assign":    "gave the finding {object} to {to}",
	"review.withdraw":   "took back a review of the finding {object}",
	"blind.ask":         "asked for a blind review of the finding {object}[ by {reviewers}]",
	"blind.answer":      "answered the blind review of the finding {object}",
	"blind.reveal":      "ended the blind review of the finding {object}: all had answered",
	"blind.call_off":    "called off the blind review of the finding {object}",
	"desk.undo":         "undid what they had just done to {findings} findings",
	"desk.seen":         "marked findings as seen",
	"desk.seen_all":     "marked everything as seen",

	"claim.add":    "added a claim to the article {article}[: “{is 1}”]",
	"claim.adjust": "moved the borders of a claim of the article {article}[: “{is 1}”]",
	"claim.split":  "split a claim of the article {article}[: “{was 1}”]",
	"claim.merge":  "merged claims of the article {article}[: “{is 1}”]",
	"claim.drop":   "dropped a claim of the article {article}[: “{was 1}”]",
	"claim.judge":  "said whether a claim of the article {article} can be checked[: “{is 1}”]",
	"claim.undo":   "took back a change of the claims of the article {article}",

	"accuracy.judge":     "judged a finding of the random sample",
	"accuracy.take_back": "took back a judgement of the random sample",

	"search.save":     "saved a search",
	"search.edit":     "changed a saved search",
	"search.seen":     "looked through what is new of a saved search",
	"search.delete":   "removed a saved search",
	"search.feed":     "made a feed of a saved search",
	"search.feed_end": "ended the feed of a saved search",

	"feed.add":    "added the feed {object}",
	"feed.edit":   "changed the feed {object}",
	"feed.pause":  "paused the feed {object}",
	"feed.resume": "resumed the feed {object}",
	"feed.poll":   "had the feed {object} read at once",
	"feed.delete": "removed the feed {object}",
	"feed.import": "imported a list of feeds[: {added} added]",
	"feed.gone":   "stopped asking for the feed {object}, which is gone",
	"feed.move":   "followed the feed {object} to its new address",

	"webhook.add":    "made a webhook[ to {host}]",
	"webhook.edit":   "changed a webhook[ to {host}]",
	"webhook.pause":  "paused a webhook[ to {host}]",
	"webhook.resume": "resumed a webhook[ to {host}]",
	"webhook.rotate": "gave a webhook[ to {host}] a new secret",
	"webhook.test":   "tested a webhook[ to {host}]",
	"webhook.replay": "had a webhook[ to {host}] told of something again",
	"webhook.delete": "deleted a webhook[ to {host}]",
	"webhook.stop":   "stopped a webhook[ to {host}]",

	"import.add": "started the import {object}[ of {lines} lines]",

	"source.delete":  "removed the source {object} with its articles",
	"source.restore": "took the source {object} back",
	"source.erase":   "had the source {object} erased for good",

	"user.login":            "signed in",
	"user.add":              "made the account of {object}[ as {role}]",
	"user.rename":           "renamed {object}[, called “{from}” before]",
	"user.role":             "changed the role of {object}[ from {from}][ to {to}]",
	"user.close":            "closed the account of {object}",
	"user.forget":           "deleted the account of {object} for good",
	"user.export":           "exported what is held on {object}",
	"user.reopen":           "reopened the account of {object}",
	"user.password":         "changed their own password",
	"user.reset_link":       "made a link to a new password for {object}",
	"user.reset_revoke":     "took back the link to a new password for {object}",
	"user.reset":            "set a new password by a link",
	"user.session_end":      "ended {sessions} of their own sessions",
	"user.sessions_end":     "ended all other sessions of their own",
	"user.sessions_end_of":  "ended the sessions of {object}",
	"user.sessions_end_all": "ended the sessions of everybody",
	"user.factor_on":        "turned their second factor on",
	"user.factor_off":       "turned their second factor off",
	"user.factor_remove":    "took the second factor off the account of {object}",
	"user.recovery_codes":   "made new recovery codes",
	"user.recovery_used":    "used a recovery code",
	"invitation.add":        "invited {name}[ as {role}]",
	"invitation.revoke":     "took back the invitation of {name}",
	"invitation.accept":     "took up an invitation[ as {role}]",

	"key.add":            "made the API key {object}[ of {owner}]",
	"key.revoke":         "revoked the API key {object}[ of {owner}]",
	"second_judge.retry": "had the second judge asked again",

	"key.hand_on": "had the key of the settings handed on to another administrator",
}

// actionGroups name what actions are about, in the order in which they are offered.
var actionGroups = []struct{ prefix, name string }{
	{"story", "Stories"}, {"article", "Articles"}, {"claim", "Claims"}, {"finding", "Findings"}, {"review", "Reviews"},
	{"blind", "Blind reviews"}, {"desk", "The desk"}, {"accuracy", "Accuracy"}, {"search", "Searches"}, {"feed", "Feeds"},
	{"source", "Sources"}, {"import", "Imports"}, {"webhook", "Webhooks"}, {"user", "People"}, {"invitation", "Invitations"}, {"key", "API keys"},
	{"second_judge", "The second judge"},
}

// ActionsOf gives the actions that a choice of the filter stands for: one action, or
// all of a group.
func ActionsOf(choice string) []string {
	if choice == "" {
		return nil
	}
	var out []string
	for _, a := range slices.Sorted(maps.Keys(phrases)) {
		if a == choice || strings.HasPrefix(a, choice+".") {
			out = append(out, a)
		}
	}
	if out == nil {
		out = []string{choice} // of which there is none
	}
	return out
}

// KnowsAction tells whether there are words for an action.
func KnowsAction(action string) bool { return phrases[action] != "" }
