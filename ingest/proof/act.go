package proof

// Act is something that a mail can want to have done.
type Act uint8

// The acts, those that only ask first.
const (
	Question   Act = iota // forms, the state of things: the answer goes to the address in the plan
	UnitForm              // a unit's ordinary forms
	Withdrawal            // a unit takes back what it sent
	Consent               // a leader agrees to what his unit sent, or does not
	Votes                 // the council's votes
	Decision              // the Chairman's decision
	Records               // the official records
	Rulings               // the office's rulings on days, deadlines and checks
	Roster                // who leads the units
	Orders                // what the office decides about held mail
	Bounce                // a letter of ours did not arrive
)

// Means is what speaks for a mail. Several are joined with |.
type Means uint8

// The means of proof.
const (
	Address Means = 1 << iota // the address is in the plan, and no check of our server speaks against it
	Pass                      // our server found that the mail is from the domain of the address
	Reply                     // it answers a letter that only the sender's mailbox got, by its unguessable Message-ID
	Stamp                     // its workbook bears the code of the one that only the sender's mailbox got
	Code                      // it names a code that only the sender's mailbox got
	// it has no sender to answer, as bounces have, and names a letter by its unguessable Message-ID
	NullFrom
)

// needs is the whole rule: proof goes with the consequence. What gives or takes an award, or
// commands, needs more than an address, which anybody can write. One of the means of a line is
// enough.
var needs = map[Act]Means{
	Question:   Address,
	UnitForm:   Address | Pass,
	Withdrawal: Pass | Reply,
	Consent:    Pass | Reply,
	Votes:      Pass | Reply | Stamp,
	Decision:   Pass | Reply | Stamp,
	Records:    Pass | Reply | Stamp,
	Rulings:    Pass | Reply | Stamp,
	Roster:     Pass | Reply | Stamp,
	Orders:     Pass | Reply | Code,
	Bounce:     NullFrom,
}

// Enough reports whether what speaks for a mail is enough for the act.
func (a Act) Enough(m Means) bool { return needs[a]&m != 0 }
