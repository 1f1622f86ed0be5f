// Package estimate says how sure one can be of a share that was counted in a random
// sample, and what the samples of several strata say of the whole.
//
// Like package claims it is pure: the same counts give the same figures.
//
// # Intervals
//
// Intervals are Wilson's score intervals at 95 %. They stay between 0 and 1, and are
// honest for small samples and for shares near the ends: 20 right of 20 is "84 % to
// 100 %" and never "100 %". See Wilson, Probable inference (1927), and Newcombe,
// Two-sided confidence intervals for the single proportion (1998).
//
// # Strata
//
// Of each stratum a sample of its own is drawn, so the share of the whole is the mean of
// the strata's shares, each weighted with how much of the whole it is. Its interval
// is the score interval for the effective number of judgements, that is, for as many
// as would tell the same when drawn from the whole at random. Franco, Little, Louis and
// Slud, Comparative study of confidence intervals for proportions in complex sample
// surveys (2019), find it to hold for small samples and shares near the ends.
package estimate
