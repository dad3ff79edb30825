package finding

// The codes. Gaps are left on purpose; a number is never used twice.
const (
	// The file and the mail.
	NotWorkbook  Code = "F101" // not an Excel .xlsx workbook
	OldXLS       Code = "F102" // Excel 97-2003 .xls
	Encrypted    Code = "F103" // protected by a password
	OpenDocument Code = "F104" // .ods
	Damaged      Code = "F105" // broken zip, CRC or XML
	OverLimit    Code = "F106" // beyond the safety limits
	UnknownForm  Code = "F107" // a workbook, but none of our forms
	WrongForm    Code = "F108" // another of our forms than the one expected now
	OldForm      Code = "F109" // an older version of the form
	WrongYear    Code = "F110" // the form's year is not the period's
	WrongUnit    Code = "F111" // the unit in the file is not the sender's
	MissingBlock Code = "F112" // a sheet or table of the form was not found
	HasMacros    Code = "F113" // macros, ignored
	IsCSV        Code = "F114" // .csv
	KeptAsIs     Code = "F115" // a file we only keep beside the dossier
	NoWorkbook   Code = "F116" // a mail without any workbook
	// F117 is retired: whom nobody knows is not answered.
	HiddenRows    Code = "F118" // rows hidden by hand or by a filter, read all the same
	NotWhatNamed  Code = "F119" // an enclosed document that is not what the end of its name says
	NotesNotRead  Code = "F120" // a cell's note (comment), not read
	BoxNotRead    Code = "F121" // a text box or shape with words in it, not read
	PictureOnly   Code = "F122" // pictures on a sheet, not read
	HiddenColumns Code = "F123" // columns hidden by hand, read all the same
	WroteOnGuide  Code = "F124" // something written on a sheet that only explains the form
	SeveralForms  Code = "F125" // the sheets of another form in the same workbook
	NearTable     Code = "F126" // a table that would be the form's if its headers were
	TurnedTable   Code = "F127" // a table with its headers in a column
	TableBeside   Code = "F128" // a second table beside the first
	StillUnread   Code = "F129" // a table of the version before was not read, and no row has come in its place
	FurtherTable  Code = "F131" // a second table with the same headers, read as part of the first
	SheetNotRead  Code = "F132" // a sheet on which nothing of the form was found
	SaidTwice     Code = "F133" // two sheets say different things of the same
	MoreFindings  Code = "F134" // more findings than one answer can hold
	WinMail       Code = "F135" // winmail.dat of Outlook, not opened
	OtherArchive  Code = "F136" // .rar or .7z, not opened
	NestedArchive Code = "F137" // an archive inside an archive, not opened
	ReusedForm    Code = "F138" // a form made for another round, filled in for the one now open
	EmptyFile     Code = "F170" // an attachment without a single byte
	SealedMail    Code = "F171" // a mail signed or encrypted as a package (S/MIME), not opened
	SameFileTwice Code = "F172" // an attachment that is byte for byte another of the same mail
	SeveralOfOne  Code = "F173" // several files of one form in one mail, of which one counts
	ForeignStamp  Code = "F174" // a stamp with a code that the ledger never gave
	OverMail      Code = "F175" // a file beyond what the files of one mail may take together
	MailTooBig    Code = "F176" // a mail too large to be fetched
	OtherThanSaid Code = "F177" // another of our forms than the subject of the mail names
	CutShort      Code = "F178" // a mail that could not be read to its end

	// One field.
	Missing        Code = "F201" // a required value is blank
	NotInList      Code = "F202" // not in the list of allowed values
	BadNumber      Code = "F203" // no number could be read
	BadDate        Code = "F204" // no date could be read
	AmbiguousDate  Code = "F205" // day and month could be either way round
	OutOfRange     Code = "F206" // a number or date outside its limits
	TooLong        Code = "F207" // a text longer than its limit
	FormulaError   Code = "F208" // #N/A, #REF! …
	FormulaPending Code = "F209" // a formula that was never computed
	BadYear        Code = "F210" // not a year
	BadYesNo       Code = "F211" // neither yes nor no
	LegacyText     Code = "F212" // looks like TCVN3 or VNI in a font we do not know
	OutsideTable   Code = "F213" // data outside the table, not read
	TooManyRows    Code = "F214" // more rows than the table takes
	OverSample     Code = "F215" // data written over the row of the example
	Struck         Code = "F216" // words struck through: nobody can tell whether they count
	FailedRows     Code = "F217" // rows of nothing but formulas that refer to what is gone
	SampleCopied   Code = "F218" // a row that says what the example says
	Continued      Code = "F219" // a row that looks like more of the row above
	SeveralPeople  Code = "F230" // several people in one cell
	NoName         Code = "F231" // a number or a tick where a person's name belongs
	NotFullName    Code = "F232" // one word only, or more than a name
	GarbledName    Code = "F233" // a name with letters of an old font or a wrong encoding, or with letters lost
	TitleOrFamily  Code = "F234" // Ông or Bà may be the family name or a form of address

	// A row or the whole form.
	CountsDiffer      Code = "F301" // the letter's counts are not those of the list
	MinutesDiffer     Code = "F302" // a nominee is not in the minutes
	NoReport          Code = "F303" // no achievement report for a nominee
	NotRegistered     Code = "F304" // the nominee was not registered
	UnitNotRegistered Code = "F305" // the unit has not registered
	NobodyProposed    Code = "F306" // a dossier without nominees
	Twice             Code = "F307" // the same person or collective twice
	RoleAgainstGroup  Code = "F308" // a role the unit's group does not have
	MinutesArithmetic Code = "F309" // the minutes' votes do not add up
	AgainstRecord     Code = "F310" // declared otherwise than the official record
	OnTheDay          Code = "F311" // received on the day itself
	Late              Code = "F312" // received after the deadline
	BandAgainstScore  Code = "F313" // index label and score disagree
	CriterionUnmet    Code = "F314" // the declared value would not meet a criterion
	ReportWithoutName Code = "F315" // a report for somebody not in the list
	SimilarReports    Code = "F316" // two reports nearly word for word the same
	TwoUnits          Code = "F317" // proposed by two units
	MissingPart       Code = "F318" // a part of the dossier is missing
	NoOwnPlan         Code = "F319" // the unit names no plan of its own and sends none
	TwoLevels         Code = "F320" // proposed for awards of two levels in one year
	OutsidePeriod     Code = "F321" // an achievement of another time than the round's
	RoleAgainstPlace  Code = "F322" // role and position contradict each other
	SimilarElsewhere  Code = "F323" // a report nearly word for word that of another unit
	PlanNotAttached   Code = "F324" // the own plan is said to be attached and is not
	TitleAgainstSex   Code = "F325" // form of address and sex contradict each other
	Namesakes         Code = "F326" // the same person twice, or two of one name: the birthdays differ
	LateLine          Code = "F331" // added or exchanged after the deadline in a form that came in time

	// Ballots and sessions.
	MoreReturned    Code = "F401" // returned > issued
	ValidPlusVoid   Code = "F402" // valid + void ≠ returned
	RowSum          Code = "F403" // a row's votes ≠ valid ballots
	UnknownNominee  Code = "F404" // a name that was not put to the vote
	NomineeNotVoted Code = "F405" // a nominee without a row
	OverQuota       Code = "F406" // more chosen than the plan has places
	TieAtLine       Code = "F407" // a tie at the last place
	// F408 is retired: too few votes are told by the verdict itself.
	NoQuorum      Code = "F409" // too few members
	IssuedPresent Code = "F410" // issued ≠ present + written
	AgainstVotes  Code = "F411" // the conclusion is not what the votes allow
	OtherMembers  Code = "F412" // the session counts other members than the plan's list

	// Official records and rights.
	UnknownUnit     Code = "F501" // a unit name that matches nothing
	DuplicateRecord Code = "F502" // the same record twice
	NotAllowed      Code = "F503" // the sender is none of those who send this form
	RosterDiffers   Code = "F504" // the roster of units says otherwise than the plan
	RosterNew       Code = "F505" // a unit of the roster that the plan does not have
	RosterGone      Code = "F506" // a unit of the plan that the roster does not have
	BadAddress      Code = "F507" // not an e-mail address
	AwaitsLeader    Code = "F508" // in order, and the unit's leader has not yet agreed by mail
	BreachElsewhen  Code = "F520" // an entry of the discipline register dated outside the year of the records
)

// Entry is what the catalogue says about a code: the level, ground and clause a finding of it has
// unless the caller says otherwise.
type Entry struct {
	Code   Code   `json:"code"`
	Level  Level  `json:"level"`
	Ground Ground `json:"ground"`
	Clause string `json:"clause"` // clause of the plan, "" when the finding rests on the form alone
}

var catalogue = []Entry{
	{NotWorkbook, Must, Incomplete, "III.3"},
	{OldXLS, Must, Incomplete, "III.3"},
	{Encrypted, Must, Incomplete, "III.3"},
	{OpenDocument, Must, Incomplete, "III.3"},
	{Damaged, Must, Incomplete, "III.3"},
	{OverLimit, Must, Incomplete, "III.3"},
	{UnknownForm, Must, Incomplete, "III.3"},
	{WrongForm, Must, Incomplete, "III.3"},
	{OldForm, Info, NoGround, ""},
	{WrongYear, Must, Incomplete, "III.4"},
	{WrongUnit, Must, WrongSubject, "II.1"},
	{MissingBlock, Must, Incomplete, "III.3"},
	{HasMacros, Info, NoGround, ""},
	{IsCSV, Must, Incomplete, "III.3"},
	{KeptAsIs, Info, NoGround, ""},
	{NoWorkbook, Must, Incomplete, "III.3"},
	{HiddenRows, Info, NoGround, ""},
	{NotWhatNamed, Should, Incomplete, "III.3"},
	{NotesNotRead, Should, NoGround, ""},
	{BoxNotRead, Should, NoGround, ""},
	{PictureOnly, Should, NoGround, ""},
	{HiddenColumns, Info, NoGround, ""},
	{WroteOnGuide, Should, NoGround, ""},
	{SeveralForms, Must, Incomplete, "III.3"},
	{NearTable, Must, Incomplete, "III.3"},
	{TurnedTable, Must, Incomplete, "III.3"},
	{TableBeside, Must, Incomplete, "III.3"},
	{StillUnread, Should, NoGround, ""},
	{FurtherTable, Should, NoGround, ""},
	{SheetNotRead, Info, NoGround, ""},
	{SaidTwice, Must, Incomplete, "III.3"},
	{MoreFindings, Must, Incomplete, "III.3"},
	{WinMail, Must, Incomplete, "III.3"},
	{OtherArchive, Must, Incomplete, "III.3"},
	{NestedArchive, Must, Incomplete, "III.3"},
	{ReusedForm, Should, NoGround, ""},
	{EmptyFile, Must, Incomplete, "III.3"},
	{SealedMail, Must, Incomplete, "III.3"},
	{SameFileTwice, Info, NoGround, ""},
	{SeveralOfOne, Should, NoGround, ""},
	{ForeignStamp, Should, NoGround, ""},
	{OverMail, Must, Incomplete, "III.3"},
	{MailTooBig, Must, Incomplete, "III.3"},
	{OtherThanSaid, Should, NoGround, ""},
	{CutShort, Must, Incomplete, "III.3"},

	{Missing, Must, Incomplete, "III.3"},
	{NotInList, Must, Incomplete, "III.3"},
	{BadNumber, Must, Incomplete, "III.3"},
	{BadDate, Must, Incomplete, "III.3"},
	{AmbiguousDate, Should, Incomplete, "III.3"},
	{OutOfRange, Must, Incomplete, "III.3"},
	{TooLong, Must, Incomplete, "III.3"},
	{FormulaError, Must, Incomplete, "III.3"},
	{FormulaPending, Must, Incomplete, "III.3"},
	{BadYear, Must, Incomplete, "III.3"},
	{BadYesNo, Must, Incomplete, "III.3"},
	{LegacyText, Should, Incomplete, "III.3"},
	{OutsideTable, Info, NoGround, ""},
	{TooManyRows, Must, Incomplete, "III.3"},
	{OverSample, Should, NoGround, ""},
	{Struck, Must, Incomplete, "III.3"},
	{FailedRows, Should, Incomplete, "III.3"},
	{SampleCopied, Should, NoGround, ""},
	{Continued, Must, Incomplete, "III.3"},
	{SeveralPeople, Must, Incomplete, "III.3"},
	{NoName, Must, Incomplete, "III.3"},
	{NotFullName, Should, Incomplete, "III.3"},
	{GarbledName, Should, Incomplete, "III.3"},
	{TitleOrFamily, Should, Incomplete, "III.3"},

	{CountsDiffer, Must, Incomplete, "III.3"},
	{MinutesDiffer, Must, Incomplete, "III.3"},
	{NoReport, Must, Incomplete, "III.3"},
	{NotRegistered, Should, WrongSubject, "II.1"},
	{UnitNotRegistered, Should, WrongSubject, "III.4"},
	{NobodyProposed, Must, Incomplete, "III.3"},
	{Twice, Must, Incomplete, "III.3"},
	{RoleAgainstGroup, Must, WrongSubject, "III.2.2"},
	{MinutesArithmetic, Must, Incomplete, "III.3"},
	{AgainstRecord, Should, BelowStandard, "III.2"},
	{OnTheDay, Should, NoGround, "III.4"},
	{Late, Should, NoGround, "III.4"},
	{BandAgainstScore, Should, BelowStandard, "III.2.1"},
	{CriterionUnmet, Should, BelowStandard, "III.2"},
	{ReportWithoutName, Should, Incomplete, "III.3"},
	{SimilarReports, Should, Incomplete, "III.3"},
	{TwoUnits, Should, WrongSubject, "II.1"},
	{MissingPart, Must, Incomplete, "III.3"},
	{NoOwnPlan, Should, Incomplete, "IV.3"},
	{TwoLevels, Should, WrongSubject, "III.1"},
	{OutsidePeriod, Should, BelowStandard, "III.2"},
	{RoleAgainstPlace, Should, WrongSubject, "III.2.2"},
	{SimilarElsewhere, Should, Incomplete, "III.3"},
	{PlanNotAttached, Should, Incomplete, "IV.3"},
	{TitleAgainstSex, Should, Incomplete, "III.3"},
	{Namesakes, Should, Incomplete, "III.3"},
	{LateLine, Should, NoGround, "III.4"},

	{MoreReturned, Must, NoGround, "IV.1"},
	{ValidPlusVoid, Must, NoGround, "IV.1"},
	{RowSum, Must, NoGround, "IV.1"},
	{UnknownNominee, Must, NoGround, "IV.1"},
	{NomineeNotVoted, Must, NoGround, "IV.1"},
	{OverQuota, Must, NoGround, "III.1.2"},
	{TieAtLine, Should, NoGround, "III.1.2"},
	{NoQuorum, Must, NoGround, "IV.1"},
	{IssuedPresent, Must, NoGround, "IV.1"},
	{AgainstVotes, Should, NoGround, "IV.1"},
	{OtherMembers, Should, NoGround, "IV.1"},

	{UnknownUnit, Must, NoGround, "II.1"},
	{DuplicateRecord, Must, NoGround, ""},
	{NotAllowed, Must, NoGround, "IV.1"},
	{RosterDiffers, Should, NoGround, "II.1"},
	{RosterNew, Should, NoGround, "II.1"},
	{RosterGone, Should, NoGround, "II.1"},
	{BadAddress, Must, NoGround, ""},
	{AwaitsLeader, Must, NoGround, ""},
	{BreachElsewhen, Should, NoGround, "III.2"},
}

// Catalogue returns every code in order, a fresh copy.
func Catalogue() []Entry { return append([]Entry(nil), catalogue...) }

// Lookup returns the catalogue's entry for code.
func Lookup(code Code) (Entry, bool) {
	for _, e := range catalogue {
		if e.Code == code {
			return e, true
		}
	}
	return Entry{}, false
}
