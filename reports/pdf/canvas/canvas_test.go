package canvas_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thidua/reports/pdf/canvas"
)

// Example draws a line below a motto.
func Example() {
	c := canvas.New(canvas.Properties{Title: "Tiêu ngữ", Language: "vi"})
	c.Page(210, 297)
	c.Text("Độc lập - Tự do - Hạnh phúc", 60, 30, "B", 14, 0)
	c.Line(70, 32, 140, 32)
	fmt.Println(string(c.Bytes()[:8]), canvas.FaceOf("B").Has('Ộ'))
	// Output: %PDF-1.4 true
}

// draw is a file that shows some letters in some style.
func draw(letters, style string) []byte {
	c := canvas.New(canvas.Properties{Title: letters, Made: time.Unix(1e9, 0)})
	c.Page(210, 297)
	c.Text(letters, 10, 20, style, 13, 0)
	return c.Bytes()
}

// The bytes of a file depend on what is drawn in it alone: not on what was drawn before, nor on
// what is drawn beside it.
func TestNoFileShowsInAnother(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		letters := rapid.StringOfN(rapid.RuneFrom([]rune("abcxyz ĂăÂâĐđÊêÔôƠơƯưạảấầẩẫậ0123–")), 1, 40, -1)
		style := rapid.SampledFrom(canvas.Styles)
		text, in := letters.Draw(r, "text"), style.Draw(r, "style")
		alone := draw(text, in)
		others := rapid.SliceOfN(letters, 3, 3).Draw(r, "others")
		var together [3][]byte
		var drawing sync.WaitGroup
		for i, other := range others {
			drawing.Go(func() {
				_ = draw(other, canvas.Styles[i])
				together[i] = draw(text, in)
			})
		}
		drawing.Wait()
		for _, again := range together {
			if !bytes.Equal(alone, again) {
				r.Fatalf("%q is drawn differently beside %q", text, others)
			}
		}
	})
}

// Bookmarks that skip a level or go back up still make one tree.
func TestBookmarksAreATree(t *testing.T) {
	c := canvas.New(canvas.Properties{})
	c.Page(210, 297)
	for _, level := range []int{0, 1, 1, 0, 1, 2, 0} {
		c.Bookmark(fmt.Sprint(level), level, 10)
	}
	file := c.Bytes()
	for part, want := range map[string]int{"/Title <FEFF": 7, "/Prev ": 3, "/Next ": 3, "/First ": 4, "/Count -2": 1,
		"/Count -1": 2} {
		if n := bytes.Count(file, []byte(part)); n != want {
			t.Errorf("%d times %s, want %d", n, part, want)
		}
	}
}
