// Package judge asks an outside language model how two passages relate: the second judge.
// It speaks the chat-completions protocol, which hosted services and local servers
// share, and knows nothing of where passages come from or what becomes of an answer.
//
// # What is asked
//
// A [Question] is two passages with the days on which they were printed, and nothing else.
// It has a hash, which covers the model and the version of the prompt as well: what has one
// hash is the same question and need not be asked twice. Passages are written by
// strangers and may hold instructions; they are sent as JSON, apart from the task.
//
// # What is answered
//
// An [Opinion] is taken only where the whole answer is one JSON object of the asked form.
// Prose, half an answer, words that are not in the lists: all that is a [Fault], and no
// opinion. The words of an opinion are cut and cleaned, and are to be escaped like
// any stranger's. What an endpoint says about its faults is not kept, as it may hold a part
// of the key.
package judge
