package postoffice

import (
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Raw returns the raw mails in a folder, ascending by UID, seen through the front door: over IMAP.
func (o *Office) Raw(folder string) ([][]byte, error) {
	var raws [][]byte
	err := o.look(func(c *imapclient.Client) error {
		box, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil || box.NumMessages == 0 {
			return err
		}
		whole := &imap.FetchItemBodySection{Peek: true}
		all := imap.UIDSet{{Start: 1}}
		messages, err := c.Fetch(all,
			&imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
		slices.SortFunc(messages, func(a, b *imapclient.FetchMessageBuffer) int { return int(a.UID) - int(b.UID) })
		for _, m := range messages {
			raws = append(raws, m.FindBodySection(whole))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking into %s: %w", folder, err)
	}
	return raws, nil
}

// Folders returns every folder with the number of its mails.
func (o *Office) Folders() (map[string]int, error) {
	folders := map[string]int{}
	err := o.look(func(c *imapclient.Client) error {
		list, err := c.List("", "*", nil).Collect()
		if err != nil {
			return err
		}
		for _, f := range list {
			status, err := c.Status(f.Mailbox, &imap.StatusOptions{NumMessages: true}).Wait()
			if err != nil {
				return err
			}
			folders[f.Mailbox] = int(*status.NumMessages)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing folders: %w", err)
	}
	return folders, nil
}

func (o *Office) look(see func(*imapclient.Client) error) error {
	c, err := imapclient.DialInsecure(o.imapAddr, nil)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Login(o.config.Shared, o.config.Password).Wait(); err != nil {
		return err
	}
	if err := see(c); err != nil {
		return err
	}
	return c.Logout().Wait()
}
