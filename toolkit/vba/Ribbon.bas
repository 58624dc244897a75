Attribute VB_Name = "Ribbon"
Option Explicit
' What the buttons of the ribbon tab 台账 call: one Sub each, which takes no argument and works on the workbook in front.

Public Sub OnCheckWorkbook(control As Object)
    CheckWorkbook
End Sub

Public Sub OnCheckSheet(control As Object)
    CheckSheet
End Sub

Public Sub OnClearMarks(control As Object)
    ClearMarks
End Sub

Public Sub OnPrepareSubmission(control As Object)
    PrepareSubmission
End Sub

Public Sub OnCarryForward(control As Object)
    CarryForward
End Sub

Public Sub OnRemovePerson(control As Object)
    RemovePerson
End Sub

Public Sub OnShowUpcoming(control As Object)
    ShowUpcoming
End Sub
