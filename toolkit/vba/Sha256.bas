Attribute VB_Name = "Sha256"
Option Explicit
' SHA-256 (FIPS 180-4) of a text in UTF-8, in 32-bit arithmetic that never overflows a Long.

Private mPower(0 To 30) As Long
Private mK(0 To 63) As Long
Private mHigh0(0 To 1023) As Long, mHigh1(0 To 1023) As Long, mLow0(0 To 1023) As Long, mLow1(0 To 1023) As Long
Private Const TWO_31 As Double = 2147483648#
Private Const TWO_32 As Double = 4294967296#
Private mReady As Boolean
Private mFirst As String        ' the first 64 characters hashed last, and the state after them
Private mAfter(0 To 7) As Long

Public Function HashOf(ByVal text As String) As String
    Dim bytes() As Long, count As Long, total As Long, at As Long, block As Long
    Dim state(0 To 7) As Long, words(0 To 63) As Long
    Prepare
    count = Utf8(text, bytes)
    total = ((count + 8) \ 64 + 1) * 64
    ReDim Preserve bytes(0 To total - 1)
    bytes(count) = 128
    bytes(total - 1) = (count * 8) And 255
    bytes(total - 2) = (count \ 32) And 255
    bytes(total - 3) = (count \ 8192) And 255
    bytes(total - 4) = (count \ 2097152) And 255
    state(0) = &H6A09E667: state(1) = &HBB67AE85: state(2) = &H3C6EF372: state(3) = &HA54FF53A
    state(4) = &H510E527F: state(5) = &H9B05688C: state(6) = &H1F83D9AB: state(7) = &H5BE0CD19
    For block = 0 To total \ 64 - 1
        If block = 0 And mFirst <> "" And count = Len(text) And Left(text, 64) = mFirst Then
            For at = 0 To 7
                state(at) = mAfter(at)
            Next
            block = 1
        End If
        For at = 0 To 15
            words(at) = Joined(bytes(block * 64 + at * 4), bytes(block * 64 + at * 4 + 1), bytes(block * 64 + at * 4 + 2), bytes(block * 64 + at * 4 + 3))
        Next
        Mix state, words
        If block = 0 And count = Len(text) And count >= 64 Then
            mFirst = Left(text, 64)
            For at = 0 To 7
                mAfter(at) = state(at)
            Next
        End If
    Next
    For at = 0 To 7
        HashOf = HashOf & LCase(Right("0000000" & Hex(state(at)), 8))
    Next
End Function

' One block. Each sigma is linear over bits: four table look-ups, one a byte, instead of shifts; sums are Doubles brought back into a Long.
Private Sub Mix(state() As Long, words() As Long)
    Dim at As Long, one As Double, two As Double, x As Long, y As Long
    Dim a As Long, b As Long, c As Long, d As Long, e As Long, f As Long, g As Long, h As Long
    For at = 16 To 63
        x = words(at - 15): y = words(at - 2)
        one = words(at - 16)
        one = one + words(at - 7)
        one = one + (mLow0(x And 255) Xor mLow0(256 + (x And 65280) \ 256) Xor mLow0(512 + (x And 16711680) \ 65536) Xor mLow0(768 + (((x And &HFF000000) \ 16777216) And 255)))
        one = one + (mLow1(y And 255) Xor mLow1(256 + (y And 65280) \ 256) Xor mLow1(512 + (y And 16711680) \ 65536) Xor mLow1(768 + (((y And &HFF000000) \ 16777216) And 255)))
        words(at) = one - TWO_32 * Int((one + TWO_31) / TWO_32)
    Next
    a = state(0): b = state(1): c = state(2): d = state(3): e = state(4): f = state(5): g = state(6): h = state(7)
    For at = 0 To 63
        one = h
        one = one + mK(at)
        one = one + words(at)
        one = one + ((e And f) Xor ((Not e) And g))
        one = one + (mHigh1(e And 255) Xor mHigh1(256 + (e And 65280) \ 256) Xor mHigh1(512 + (e And 16711680) \ 65536) Xor mHigh1(768 + (((e And &HFF000000) \ 16777216) And 255)))
        two = one + ((a And b) Xor (a And c) Xor (b And c))
        two = two + (mHigh0(a And 255) Xor mHigh0(256 + (a And 65280) \ 256) Xor mHigh0(512 + (a And 16711680) \ 65536) Xor mHigh0(768 + (((a And &HFF000000) \ 16777216) And 255)))
        h = g: g = f: f = e
        one = one + d
        e = one - TWO_32 * Int((one + TWO_31) / TWO_32)
        d = c: c = b: b = a
        a = two - TWO_32 * Int((two + TWO_31) / TWO_32)
    Next
    state(0) = Sum(state(0), a): state(1) = Sum(state(1), b): state(2) = Sum(state(2), c): state(3) = Sum(state(3), d)
    state(4) = Sum(state(4), e): state(5) = Sum(state(5), f): state(6) = Sum(state(6), g): state(7) = Sum(state(7), h)
End Sub

Private Function Joined(ByVal a As Long, ByVal b As Long, ByVal c As Long, ByVal d As Long) As Long
    Joined = (a And 127) * 16777216 Or b * 65536 Or c * 256 Or d
    If a >= 128 Then Joined = Joined Or &H80000000
End Function

Private Function Sum(ByVal a As Long, ByVal b As Long) As Long
    Dim low As Long, high As Long
    low = (a And 65535) + (b And 65535)
    high = (((a And &HFFFF0000) \ 65536) And 65535) + (((b And &HFFFF0000) \ 65536) And 65535) + low \ 65536
    Sum = (high And 32767) * 65536 Or (low And 65535)
    If (high And 32768) <> 0 Then Sum = Sum Or &H80000000
End Function

Private Function Shifted(ByVal value As Long, ByVal places As Long) As Long
    Shifted = (value And &H7FFFFFFF) \ mPower(places)
    If value < 0 Then Shifted = Shifted Or mPower(31 - places)
End Function

Private Function Turned(ByVal value As Long, ByVal places As Long) As Long
    Dim left As Long
    left = (value And (mPower(places - 1) - 1)) * mPower(32 - places)
    If (value And mPower(places - 1)) <> 0 Then left = left Or &H80000000
    Turned = Shifted(value, places) Or left
End Function

' The bytes of a text in UTF-8; how many there are.
Private Function Utf8(ByVal text As String, bytes() As Long) As Long
    Dim at As Long, code As Long, size As Long
    ReDim bytes(0 To Len(text) * 4 + 1)
    at = 1
    Do While at <= Len(text)
        code = CodeAt(text, at)
        If code >= &HD800& And code <= &HDBFF& And at < Len(text) Then
            code = 65536 + (code - &HD800&) * 1024 + (CodeAt(text, at + 1) - &HDC00&)
            at = at + 1
        End If
        If code < 128 Then
            bytes(size) = code: size = size + 1
        ElseIf code < 2048 Then
            bytes(size) = 192 Or code \ 64: bytes(size + 1) = 128 Or (code And 63): size = size + 2
        ElseIf code < 65536 Then
            bytes(size) = 224 Or code \ 4096: bytes(size + 1) = 128 Or (code \ 64 And 63): bytes(size + 2) = 128 Or (code And 63): size = size + 3
        Else
            bytes(size) = 240 Or code \ 262144: bytes(size + 1) = 128 Or (code \ 4096 And 63)
            bytes(size + 2) = 128 Or (code \ 64 And 63): bytes(size + 3) = 128 Or (code And 63): size = size + 4
        End If
        at = at + 1
    Loop
    Utf8 = size
End Function

Private Sub Prepare()
    Dim at As Long, numbers As Variant
    If mReady Then Exit Sub
    mPower(0) = 1
    For at = 1 To 30
        mPower(at) = mPower(at - 1) * 2
    Next
    numbers = Split("428A2F98 71374491 B5C0FBCF E9B5DBA5 3956C25B 59F111F1 923F82A4 AB1C5ED5 D807AA98 12835B01 243185BE 550C7DC3 72BE5D74 80DEB1FE 9BDC06A7 C19BF174 " & _
        "E49B69C1 EFBE4786 0FC19DC6 240CA1CC 2DE92C6F 4A7484AA 5CB0A9DC 76F988DA 983E5152 A831C66D B00327C8 BF597FC7 C6E00BF3 D5A79147 06CA6351 14292967 " & _
        "27B70A85 2E1B2138 4D2C6DFC 53380D13 650A7354 766A0ABB 81C2C92E 92722C85 A2BFE8A1 A81A664B C24B8B70 C76C51A3 D192E819 D6990624 F40E3585 106AA070 " & _
        "19A4C116 1E376C08 2748774C 34B0BCB5 391C0CB3 4ED8AA4A 5B9CCA4F 682E6FF3 748F82EE 78A5636F 84C87814 8CC70208 90BEFFFA A4506CEB BEF9A3F7 C67178F2", " ")
    For at = 0 To 63
        mK(at) = Joined(CLng("&H" & Mid(numbers(at), 1, 2)), CLng("&H" & Mid(numbers(at), 3, 2)), CLng("&H" & Mid(numbers(at), 5, 2)), CLng("&H" & Mid(numbers(at), 7, 2)))
    Next
    FillTables
    mReady = True
End Sub

' What each sigma makes of each byte at each of its four places.
Private Sub FillTables()
    Dim bit As Long, place As Long, low As Long, value As Long, at As Long, x As Long
    For bit = 0 To 31
        If bit = 31 Then x = &H80000000 Else x = mPower(IIf(bit < 31, bit, 0))
        low = mPower(bit Mod 8)
        at = (bit \ 8) * 256
        mHigh0(at + low) = Turned(x, 2) Xor Turned(x, 13) Xor Turned(x, 22)
        mHigh1(at + low) = Turned(x, 6) Xor Turned(x, 11) Xor Turned(x, 25)
        mLow0(at + low) = Turned(x, 7) Xor Turned(x, 18) Xor Shifted(x, 3)
        mLow1(at + low) = Turned(x, 17) Xor Turned(x, 19) Xor Shifted(x, 10)
        For value = 1 To low - 1
            mHigh0(at + low + value) = mHigh0(at + low) Xor mHigh0(at + value)
            mHigh1(at + low + value) = mHigh1(at + low) Xor mHigh1(at + value)
            mLow0(at + low + value) = mLow0(at + low) Xor mLow0(at + value)
            mLow1(at + low + value) = mLow1(at + low) Xor mLow1(at + value)
        Next
    Next
End Sub
