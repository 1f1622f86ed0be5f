package syntax

import "sort"

// Clusters groups words that are used alike, at two grains.
type Clusters struct {
	hashes []uint32 // of words as written, ascending
	ids    []uint16 // the cluster of each
	class  []uint8  // the class of each cluster
}

const noCluster, noClass = 0xffe, 0xfe

// NewClusters makes clusters from the cluster of each word, as written, and the
// class of each cluster.
func NewClusters(words map[string]uint16, class []uint8) *Clusters {
	byHash := make(map[uint32]uint16, len(words))
	for w, id := range words {
		h := hashString(w)
		if old, ok := byHash[h]; !ok || id < old {
			byHash[h] = id
		}
	}
	c := &Clusters{class: class}
	for h := range byHash {
		c.hashes = append(c.hashes, h)
	}
	sort.Slice(c.hashes, func(i, j int) bool { return c.hashes[i] < c.hashes[j] })
	for _, h := range c.hashes {
		c.ids = append(c.ids, byHash[h])
	}
	return c
}

// find gives the cluster and class of a word: as written, else in lower case.
func (c *Clusters) find(w Word) (cluster, class uint32) {
	i, ok := c.search(hashString(w.Text))
	if !ok && w.Text != w.Norm {
		i, ok = c.search(hashString(w.Norm))
	}
	if !ok {
		return noCluster, noClass
	}
	id := c.ids[i]
	return uint32(id), uint32(c.class[id])
}

// search looks a hash up by interpolation: hashes are spread evenly.
func (c *Clusters) search(h uint32) (int, bool) {
	n := len(c.hashes)
	i := int(uint64(h) * uint64(n) >> 32)
	for i > 0 && c.hashes[min(i, n-1)] > h {
		i--
	}
	for i < n && c.hashes[i] < h {
		i++
	}
	return i, i < n && c.hashes[i] == h
}
