package templates

import "thidua/templates/form"

// Records are the official facts that Phòng Nội vụ keeps (Plan IV.1): the index, the ratings, the
// discipline register. They may come in parts: an empty table says nothing about the units it does
// not name.
type Records struct {
	Head        RecordsHead
	Index       []IndexResult
	UnitRatings []UnitRating
	Ratings     []PersonRating
	Discipline  []DisciplineEntry
}

// RecordsHead says for which year the records are and on what they rest.
type RecordsHead struct {
	Year, Preparer, IndexSource, RatingSource, DisciplineUpTo, Note form.Value
	Own                                                             form.Own `json:"own,omitzero"`
}

// IndexResult is one commune's CCHC index (Plan III.2.1, fifth standard).
type IndexResult struct {
	Unit, Self, Appraised, Rank, Band, Note form.Value
	Own                                     form.Own `json:"own,omitzero"`
}

// UnitRating holds a unit's ratings (Plan III.2.1, first and fourth standards).
type UnitRating struct {
	Unit, Collective, Grade, Party                form.Value
	Union, Youth, Women, Farmers, Veterans, Front form.Value
	Note                                          form.Value
	Own                                           form.Own `json:"own,omitzero"`
}

// PersonRating is the rating of one person (Plan III.2.2, first standard).
type PersonRating struct {
	Unit, Name, Position, Grade, Note form.Value
	Own                               form.Own `json:"own,omitzero"`
}

// DisciplineEntry is one entry of the register of breaches (Plan III.2.1 and III.2.2, sixth
// standards).
type DisciplineEntry struct {
	Unit, Name, Date, Content, Source, Note form.Value
	Own                                     form.Own `json:"own,omitzero"`
}

// RecordsForm declares the official records workbook.
var RecordsForm = declare("so-lieu", func() any { return &Records{} }, checkRecords)
