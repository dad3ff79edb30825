package consolidation
import ("testing";"thidua/ingest/workbook")
func BenchmarkForm(b *testing.B){ book:=dossier(thePlan().UnitsOn(season().To)[0]); b.ResetTimer()
 b.ReportAllocs(); for b.Loop() { workbook.Read(thePlan(), season(), "", book, "") } }
