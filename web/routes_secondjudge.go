package web

// secondJudgeEndpoints are how the second judge fares, for administrators.
func secondJudgeEndpoints() []endpoint {
	return []endpoint{
		{get, "/admin/second-judge", Administrator, (*Web).secondJudge},
		{post, "/admin/second-judge/retry", Administrator, (*Web).retrySecondJudge},
	}
}
