package eval

// confusion counts labels against answers. Where gold only knows "other", every
// answer but "agree" is one.
type confusion struct {
	n      map[[2]string]int
	labels map[string]bool
}

func (c *confusion) add(label, answer string) {
	if c.n == nil {
		c.n, c.labels = map[[2]string]int{}, map[string]bool{}
	}
	c.n[[2]string{label, answer}]++
	c.labels[label] = true
}

// is tells whether an answer counts as a label.
func (c *confusion) is(label, answer string) bool {
	return label == answer || label == "other" && answer != "agree"
}

func (c *confusion) accuracy() float64 {
	right, all := 0, 0
	for k, n := range c.n {
		all += n
		if c.is(k[0], k[1]) {
			right += n
		}
	}
	return share(right, all)
}

// recall gives the share of a label's rows that were answered so.
func (c *confusion) recall(label string) float64 {
	right, all := 0, 0
	for k, n := range c.n {
		if k[0] == label {
			all += n
			if c.is(label, k[1]) {
				right += n
			}
		}
	}
	return share(right, all)
}

func (c *confusion) precision(label string) float64 {
	right, all := 0, 0
	for k, n := range c.n {
		if c.is(label, k[1]) {
			all += n
			if k[0] == label {
				right += n
			}
		}
	}
	return share(right, all)
}

// balanced gives the mean recall over the labels.
func (c *confusion) balanced() float64 {
	sum := 0.0
	for l := range c.labels {
		sum += c.recall(l)
	}
	return sum / float64(max(len(c.labels), 1))
}

func (c *confusion) f1(label string) float64 { return harmonic(c.precision(label), c.recall(label)) }

// bcubed gives the mean over all items of the share of an item's cluster that has
// its class too.
func bcubed(clusters, classes []string) float64 {
	sum := 0.0
	for i := range clusters {
		same, size := 0, 0
		for j := range clusters {
			if clusters[j] == clusters[i] {
				size++
				if classes[j] == classes[i] {
					same++
				}
			}
		}
		sum += share(same, size)
	}
	return sum / float64(max(len(clusters), 1))
}
