Attribute VB_Name = "Services"
Option Explicit
' The service book's minimised image (DOMAIN 5.4): the same as toolkit/steps/minimise.py. No name, phone or date comes out of here.

Private mVisits As Variant
Private mHers As Variant
Private mIndex As String       ' every visit as "number=row;"
Private mEdd As Long, mDelivered As Long, mConsent As Long, mStaff As Long, mRevisit As Long
Private mVisitNumber As Long
Private mNumber As Long, mDay As Long, mKind As Long, mMode As Long, mNeed As Long, mStatus As Long, mFound As Long, mReported As Long

' None where the book has no key (K112): a key derived from the whole book takes 50,000 rounds of SHA-256, too many for a macro.
' A line for each record: its fields as Schema lists them for services, parted by commas.
Public Function ServiceLines() As String
    Dim k As Long, at As Long, values As Variant, id As Long, out As String, seen As String, record As String, name As String, times As Long
    k = LedgerNumber("pregnancies")
    If Not HasSheet(k) Or Count(k) = 0 Or Period = "" Or BookKey = "" Or Sideways <> "" Then Exit Function
    ReadVisits
    id = FieldAt("pregnancies", "record_id")
    values = ValuesOf(k)
    seen = "|"
    For at = 1 To Count(k)
        record = values(at, id)
        If record <> "" And Not IsUnread(record) And Not IsAside(k, at) Then
            seen = seen & record & "|"
            times = (Len(seen) - Len(Replace(seen, "|" & record & "|", "||"))) \ Len(record)
            name = record
            If times > 1 Then name = record & "-" & times
            out = out & OneLine(values, at, name) & vbLf
        End If
    Next
    ServiceLines = InTokenOrder(out)
End Function

' In the order of the book they could be laid beside those of the next month.
Private Function InTokenOrder(ByVal lines As String) As String
    Dim sorted As Variant, at As Long, back As Long, one As String
    If lines = "" Then Exit Function
    sorted = Split(Left(lines, Len(lines) - 1), vbLf)
    For at = 1 To UBound(sorted)
        one = sorted(at)
        back = at - 1
        Do While back >= 0
            If sorted(back) <= one Then Exit Do
            sorted(back + 1) = sorted(back)
            back = back - 1
        Loop
        sorted(back + 1) = one
    Next
    InTokenOrder = Join(sorted, vbLf) & vbLf
End Function

' The token of a record: new every month, without meaning outside the village.
Public Function Token(ByVal period As String, ByVal unit As String, ByVal bookKey As String, ByVal record As String) As String
    Token = Left(HashOf("ledger-token/1" & vbLf & period & vbLf & unit & vbLf & bookKey & vbLf & record), 12)
End Function

Private Sub ReadVisits()
    Dim at As Long
    mEdd = FieldAt("pregnancies", "edd"): mDelivered = FieldAt("pregnancies", "delivered_on"): mConsent = FieldAt("pregnancies", "consent")
    mStaff = FieldAt("pregnancies", "staff_id"): mRevisit = FieldAt("pregnancies", "revisit_ok")
    mVisitNumber = LedgerNumber("visits")
    mNumber = FieldAt("visits", "record_id"): mDay = FieldAt("visits", "visit_date"): mKind = FieldAt("visits", "visit_type"): mMode = FieldAt("visits", "mode")
    mNeed = FieldAt("visits", "need"): mStatus = FieldAt("visits", "need_status")
    mFound = FieldAt("visits", "need_found_on"): mReported = FieldAt("visits", "need_reported_on")
    mVisits = Empty
    If HasSheet(mVisitNumber) Then
        If Count(mVisitNumber) > 0 Then mVisits = ValuesOf(mVisitNumber)
    End If
    mIndex = ""
    If IsEmpty(mVisits) Then Exit Sub
    For at = 1 To UBound(mVisits, 1)
        If mVisits(at, mNumber) <> "" Then
            If Not IsAside(mVisitNumber, at) Then mIndex = mIndex & vbLf & mVisits(at, mNumber) & "=" & at & ";"
        End If
    Next
End Sub

Private Function DayIn(ByVal value As String) As Long
    If value <> "" And Not IsUnread(value) Then DayIn = CLng(value)
End Function

Private Function OneLine(values As Variant, ByVal at As Long, ByVal record As String) As String
    Dim first As Long, last As Long, due As Long, delivered As Long, gate As Long, consent As String, out(0 To 14) As String
    Dim spans As Variant, ends As Variant, number As Long, opens As Long, closes As Long, windowsDue As Long, windowsDone As Long, late As Long, needs As Long, met As Long, quick As Long, inMonth As Boolean
    first = FirstDay(Period): last = LastDay(Period)
    mHers = Split(HerRows(record), "|")
    due = DayIn(values(at, mEdd)): delivered = DayIn(values(at, mDelivered))
    consent = values(at, mConsent)
    If (consent = "1" Or consent = "2") And PLAN_MONTHLY > 0 Then
        If Not GivenUp(record, first) Then gate = 1
    End If
    spans = Split(PLAN_WINDOWS, "|")
    For number = 0 To UBound(spans)
        If due > 0 Then
            ends = Split(spans(number), "-")
            opens = due - 280 + CLng(ends(0))
            closes = due - 280 + CLng(ends(1))
            inMonth = (closes >= first) And (closes <= last)
            If delivered > 0 And closes >= delivered Then inMonth = False
            If inMonth Then
                windowsDue = windowsDue + 1
                If Served(record, "" & (number + 1), opens, closes, last) Then windowsDone = windowsDone + 1
            End If
        End If
    Next
    out(0) = Token(Period, UnitCode, BookKey, record)
    out(1) = UnitCode
    out(2) = OnList(values(at, mStaff))
    out(3) = IIf(values(at, mRevisit) = "1", "1", "0")
    out(4) = "" & gate
    out(5) = IIf(gate = 1 And Served(record, "", first, last, last), "1", "0")
    out(6) = "" & (gate * windowsDue): out(7) = "" & (gate * windowsDone)
    out(8) = "0": out(9) = "0": out(10) = "0": out(11) = "0"
    If delivered > 0 And gate = 1 Then
        late = delivered + PLAN_POSTNATAL
        If late >= first And late <= last Then
            out(8) = "1"
            If Served(record, "6", delivered, late, last) Then out(9) = "1"
        End If
        opens = delivered + PLAN_CHECK_FROM: closes = delivered + PLAN_CHECK_TO
        If closes >= first And closes <= last Then
            out(10) = "1"
            If Served(record, "7", opens, closes, last) Then out(11) = "1"
        End If
    End If
    CountNeeds record, first, last, needs, met, quick
    out(12) = "" & needs: out(13) = "" & met: out(14) = "" & quick
    OneLine = Join(out, ",")
End Function

Private Function OnList(ByVal number As String) As String
    Dim k As Long, at As Long, values As Variant, id As Long
    k = LedgerNumber("staff")
    If number = "" Or IsUnread(number) Or Not HasSheet(k) Or Count(k) = 0 Then Exit Function
    values = ValuesOf(k): id = FieldAt("staff", "staff_id")
    For at = 1 To Count(k)
        If values(at, id) = number Then OnList = number: Exit Function
    Next
End Function

' Her visits that were not set aside: their numbers, parted by |.
Private Function HerRows(ByVal record As String) As String
    Dim at As Long, key As String
    key = vbLf & record & "="
    at = InStr(mIndex, key)
    Do While at > 0
        HerRows = HerRows & IIf(HerRows = "", "", "|") & Val(Mid(mIndex, at + Len(key), 9))
        at = InStr(at + 1, mIndex, key)
    Loop
End Function

' Whether a visit up to the month's end is of this type or lies in these days.
Private Function Served(ByVal record As String, ByVal kind As String, ByVal opens As Long, ByVal closes As Long, ByVal last As Long) As Boolean
    Dim her As Long, at As Long, day As Long
    For her = 0 To UBound(mHers)
        at = CLng(mHers(her))
        If at > 0 Then
            day = DayIn(mVisits(at, mDay))
            If day > 0 And day <= last Then
                If (kind <> "" And mVisits(at, mKind) = kind) Or (day >= opens And day <= closes) Then Served = True: Exit Function
            End If
        End If
    Next
End Function

' Whether her last two visits before a day were both 5 (V202).
Private Function GivenUp(ByVal record As String, ByVal first As Long) As Boolean
    Dim her As Long, at As Long, day As Long, latest As Long, latestMissed As Boolean, before As Long, beforeMissed As Boolean
    For her = 0 To UBound(mHers)
        at = CLng(mHers(her))
        If at > 0 Then
            day = DayIn(mVisits(at, mDay))
            If day > 0 And day < first Then
                If day >= latest Then
                    before = latest: beforeMissed = latestMissed
                    latest = day: latestMissed = (mVisits(at, mMode) = "5")
                ElseIf day >= before Then
                    before = day: beforeMissed = (mVisits(at, mMode) = "5")
                End If
            End If
        End If
    Next
    GivenUp = before > 0 And latestMissed And beforeMissed
End Function

' Days after the first up to the second, as the plan counts them: all, or working days.
Public Function DaysUsed(ByVal found As Long, ByVal reported As Long) As Long
    Dim known As String, day As Long, works As String
    known = PlanDays()
    If known = "" Then DaysUsed = reported - found: Exit Function
    For day = found + 1 To reported
        works = IIf(Weekday(CDate(day), 2) < 6, "1", "0")
        If day >= PLAN_DAYS_FROM And day < PLAN_DAYS_FROM + Len(known) Then works = Mid(known, day - PLAN_DAYS_FROM + 1, 1)
        If works = "1" Then DaysUsed = DaysUsed + 1
    Next
End Function

Private Sub CountNeeds(ByVal record As String, ByVal first As Long, ByVal last As Long, ByRef needs As Long, ByRef met As Long, ByRef quick As Long)
    Dim her As Long, at As Long, found As Long, reported As Long
    For her = 0 To UBound(mHers)
        at = CLng(mHers(her))
        If at > 0 Then
            found = DayIn(mVisits(at, mFound)): reported = DayIn(mVisits(at, mReported))
            If InStr("|1|2|3|4|9|", "|" & mVisits(at, mNeed) & "|") > 0 And mVisits(at, mNeed) <> "" And found >= first And found <= last Then
                needs = needs + 1
                If mVisits(at, mStatus) = "1" Then met = met + 1
                If reported >= found And reported > 0 Then
                    If DaysUsed(found, reported) <= PLAN_NEED_DAYS Then quick = quick + 1
                End If
            End If
        End If
    Next
End Sub
