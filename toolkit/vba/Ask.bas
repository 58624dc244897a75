Attribute VB_Name = "Ask"
Option Explicit
' Questions to the person at the screen. Tests answer in her place, and see what was asked.

Private mAnswered As Boolean
Private mYes As Boolean
Private mText As String
Private mAsked As String

' For tests: what the next questions get for an answer.
Public Function Answer(ByVal yes As Boolean, ByVal text As String) As String
    If Not InLibreOffice() Then Exit Function   ' a formula in some workbook could answer for her
    mAnswered = True
    mYes = yes
    mText = text
    Answer = "" & "ok"
End Function

Public Function LastAsked() As String
    LastAsked = "" & mAsked & " "
End Function

Public Function Agreed(ByVal question As String) As Boolean
    mAsked = question
    If mAnswered Then
        Agreed = mYes
    Else
        Agreed = (MsgBox(question, vbYesNo + vbQuestion + vbDefaultButton2, "台账") = vbYes)
    End If
End Function

Public Function Answered(ByVal question As String) As String
    mAsked = question
    If mAnswered Then
        Answered = mText
    Else
        Answered = InputBox(question, "台账")
    End If
End Function
