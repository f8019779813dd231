package report
import ("os";"testing";"tiendo/templates";"tiendo/pipeline/progress")
func TestLook(t *testing.T){
 dir:=os.Getenv("LOOK"); if dir=="" {t.Skip()}
 week,month:=progress.Week,progress.Month
 for name,o:=range map[string]office{
  "week":{week,16,120,true,0,""}, "month":{month,16,120,true,0,""}, "empty":{week,1,0,false,0,""}, "one":{month,1,20,false,0,""},
  "nation":{week,3400,6000,true,0,""}, "long":{month,16,120,true,1700," thuộc Bộ Thông tin và Truyền thông, phụ trách chuyển đổi số và giao dịch điện tử khu vực phía Nam"},
 } {
  for _,l:=range templates.Langs {
   s:=o.synthesis()
   if name=="one" {s.Draft=true; s.Revision=2}
   b,_,err:=PDF(s,l); if err!=nil {t.Fatal(err)}
   os.WriteFile(dir+"/"+name+"-"+string(l)+".pdf",b,0o644)
  }
 }
}
