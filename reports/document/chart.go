package document

import "fmt"

// Series is one row of figures of a chart, one for each category.
type Series struct {
	Name   string
	Values []float64
}

// Chart is a chart of bars or, when Lines is set, of points joined by lines. Values are never
// negative.
type Chart struct {
	Title      string
	Unit       string // "tập thể", "điểm"; may be empty
	Horizontal bool   // bars lie; long category names then stay readable
	Stacked    bool
	Lines      bool // figures over time; Horizontal and Stacked then mean nothing
	Categories []string
	Series     []Series
	Decimals   int
}

// Hatch is the pattern of a series' bars: it tells the series apart where colour does not, in grey
// print and to the colour-blind.
type Hatch int

// Patterns.
const (
	Filled  Hatch = iota
	Rising        // ///
	Falling       // \\\
	Level         // ≡
	Upright       // |||
)

// Shade is the look of a series: a colour, and the pattern in which it is drawn on white.
type Shade struct {
	Red, Green, Blue uint8
	Hatch            Hatch
}

// Hex is the colour as "1F4E79".
func (s Shade) Hex() string { return fmt.Sprintf("%02X%02X%02X", s.Red, s.Green, s.Blue) }

// Dark reports whether white letters are readable on the shade.
func (s Shade) Dark() bool {
	return s.Hatch == Filled && 299*int(s.Red)+587*int(s.Green)+114*int(s.Blue) < 128_000
}

// shades are told apart by the colour-blind (hues of blue and orange first, each of another
// lightness) and, by their patterns, in grey.
var shades = []Shade{
	{0x1F, 0x4E, 0x79, Filled}, {0xE6, 0x9F, 0x00, Rising}, {0x8F, 0xC1, 0xE3, Filled}, {0xB4, 0x4A, 0x00, Falling},
	{0x00, 0x7A, 0x5A, Level}, {0x5B, 0x5B, 0x5B, Upright},
}

// ShadeOf is the look of a chart's i-th series, from 0.
func ShadeOf(i int) Shade { return shades[i%len(shades)] }

func (c Chart) texts(yield func(string)) {
	yield(c.Title)
	yield(c.Unit)
	for _, s := range c.Series {
		yield(s.Name)
	}
	for i, name := range c.Categories {
		yield(name)
		for _, s := range c.Series {
			yield(FormatNumber(s.Values[i], c.Decimals))
		}
	}
}

func (c Chart) check() error {
	if len(c.Categories) == 0 || len(c.Series) == 0 {
		return fmt.Errorf("chart %q has no categories or no series", c.Title)
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Categories) {
			return fmt.Errorf("series %q has %d values for %d categories", s.Name, len(s.Values), len(c.Categories))
		}
		for _, v := range s.Values {
			if !finite(v) || v < 0 {
				return fmt.Errorf("series %q holds %v", s.Name, v)
			}
		}
	}
	return nil
}
