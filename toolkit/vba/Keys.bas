Attribute VB_Name = "Keys"
Option Explicit
' New book keys and record numbers that nobody can foresee: SHA-256 over a secret, the hour, how long this machine takes, and Rnd.

Private Const LETTERS As String = "ABCDFGHJKMNPQRSTUVWXYZ"
Private Const SIGNS As String = "ABCDFGHJKMNPQRSTUVWXYZ23456789"
Private mPool As String
Private mDrawn As Long
Private mBytes As String

' Begin to draw; secret: what only this book knows, its old key and its content.
Public Sub Stir(ByVal secret As String)
    Dim at As Long, spins As Long, most As Long, times As Long, started As Double, text As String
    Randomize
    most = IIf(InLibreOffice(), 20, 2000000)
    times = IIf(InLibreOffice(), 8, 40)
    For at = 1 To times
        started = CDbl(Timer)
        spins = 0
        Do While CDbl(Timer) = started And spins < most
            spins = spins + 1
        Loop
        text = text & spins & "," & CDbl(Rnd()) & "," & CDbl(Timer) & "," & CDbl(Now) & ";"
    Next
    mPool = HashOf("ledger-draw/1" & vbLf & HashOf(secret) & vbLf & text & vbLf & mPool)
    mDrawn = 0
    mBytes = ""
End Sub

' For tests.
Public Function Stirred(ByVal secret As String) As String
    Stir secret
    Stirred = "" & "ok"
End Function

Private Function Drawn() As String
    mDrawn = mDrawn + 1
    Drawn = HashOf(mPool & vbLf & mDrawn)
End Function

' 32 hex digits for the sheet 本册密钥.
Public Function NewKey() As String
    NewKey = Left(Drawn(), 32)
End Function

' Six characters, a letter first, none that can be misread; every one equally likely.
Public Function NewNumber() As String
    Do While Len(NewNumber) < 6
        NewNumber = NewNumber & OneOf(IIf(NewNumber = "", LETTERS, SIGNS))
    Loop
End Function

Private Function OneOf(ByVal among As String) As String
    Dim number As Long
    number = 256
    Do While number >= Len(among) * (256 \ Len(among))
        If Len(mBytes) < 2 Then mBytes = Drawn()
        number = CLng("&H" & Left(mBytes, 2))
        mBytes = Mid(mBytes, 3)
    Loop
    OneOf = Mid(among, number Mod Len(among) + 1, 1)
End Function
