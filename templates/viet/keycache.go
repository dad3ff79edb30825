package viet

import "sync"

// KeyCache keeps what the first texts were made into. It is bounded, since strangers choose the
// texts.
//
//constructed:by NewKeyCache
type KeyCache struct {
	most, long int // texts, and bytes of one of them

	mu    sync.RWMutex
	keys  map[string]string
	texts Texts
}

// NewKeyCache makes a cache of the keys of at most so many texts, each of at most so many bytes.
func NewKeyCache(most, long int) *KeyCache {
	return &KeyCache{most: most, long: long, keys: map[string]string{}}
}

// Of is what key, which appends to an empty slice, makes of a text.
func (m *KeyCache) Of(s string, key func([]byte, string) []byte) string {
	m.mu.RLock()
	k, ok := m.keys[s]
	m.mu.RUnlock()
	if ok {
		return k
	}
	var room [128]byte
	made := key(room[:0], s)
	if len(s) > m.long {
		return string(made)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.keys) >= m.most {
		return string(made)
	}
	k = m.texts.Keep(made)
	m.keys[m.texts.Keep([]byte(s))] = k
	return k
}
