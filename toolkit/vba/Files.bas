Attribute VB_Name = "Files"
Option Explicit
' Workbooks on disk, and sheets that are locked without a password.
' Lines from #If False Then to #End If are for LibreOffice, which passes over a line that begins with #; Excel and WPS leave them out.

Private Const LOCKED As Long = 1001
Private mOpened As Collection

Public Function InLibreOffice() As Boolean
#If False Then
    InLibreOffice = True
#End If
End Function

' Whether there is no workbook to work on; then it is said.
Public Function NothingOpen() As Boolean
    NothingOpen = ActiveWorkbook Is Nothing
    If NothingOpen Then Tell "请先打开一本工作簿。"
End Function

' A new workbook to disk, as xlsx.
Public Sub StoreNew(book As Object, ByVal path As String)
    If InLibreOffice() Then
        StoreThere book, path
    Else
        book.SaveAs path, 51
    End If
End Sub

' A copy of a workbook to disk, of its own kind; the workbook itself stays what and where it is.
Public Sub StoreCopy(book As Object, ByVal path As String)
    If InLibreOffice() Then
        StoreThere book, path
    Else
        book.SaveCopyAs path
    End If
End Sub

' LibreOffice's SaveAs writes the old xls whatever the name says.
Private Sub StoreThere(book As Object, ByVal path As String)
#If False Then
    Dim wanted(0) As New com.sun.star.beans.PropertyValue
    book.Activate
    wanted(0).Name = "FilterName"
    wanted(0).Value = IIf(LCase(Right(path, 5)) = ".xlsm", "Calc MS Excel 2007 VBA XML", "Calc MS Excel 2007 XML")
    StarDesktop.CurrentComponent.storeToURL ConvertToURL(path), wanted()
#End If
End Sub

' A workbook that has a place, to that place.
Public Sub StoreAgain(book As Object)
    If Not InLibreOffice() Then
        book.Save
        Exit Sub
    End If
#If False Then
    book.Activate
    StarDesktop.CurrentComponent.store
#End If
End Sub

Public Function IsThere(ByVal path As String) As Boolean
    IsThere = (Dir(path) <> "")
End Function

' Why nothing can be put beside a workbook, "" where it can. The service book does not belong on a network drive of others.
Public Function NotOnDisk(book As Object, ByVal what As String) As String
    If book.Path = "" Then
        NotOnDisk = "请先保存本工作簿，再" & what & "。"
    ElseIf InStr(book.Path, "://") > 0 Then
        NotOnDisk = "本工作簿在网盘上。请先另存到本机的文件夹，再" & what & "。"
    End If
End Function

' Where a file of this name lies beside a workbook.
Public Function Beside(book As Object, ByVal name As String) As String
    Beside = book.Path & Application.PathSeparator & name
End Function

' xlsx, or xlsm where the workbook carries macros.
Public Function KindOf(book As Object) As String
    KindOf = IIf(LCase(Right(book.Name, 5)) = ".xlsm", "xlsm", "xlsx")
End Function

Public Function SheetNamed(book As Object, ByVal name As String) As Object
    Dim sheet As Object
    For Each sheet In book.Worksheets
        If sheet.Name = name Then
            Set SheetNamed = sheet
            Exit Function
        End If
    Next
End Function

Public Sub DropSheet(book As Object, ByVal name As String)
    Dim sheet As Object
    Set sheet = SheetNamed(book, name)
    If sheet Is Nothing Then Exit Sub
    Application.DisplayAlerts = False
    sheet.Visible = True
    sheet.Delete
    Application.DisplayAlerts = True
End Sub

' A filter keeps the words it was set to, a name among them: it goes, and all rows show.
Public Sub DropFilters(book As Object)
    Dim sheet As Object
    For Each sheet In book.Worksheets
        If sheet.AutoFilterMode Then sheet.AutoFilterMode = False
    Next
#If False Then
    Dim ranges As Object, at As Long
    book.Activate
    Set ranges = StarDesktop.CurrentComponent.getPropertyValue("UnnamedDatabaseRanges")
    For at = 0 To StarDesktop.CurrentComponent.Sheets.Count - 1
        If ranges.hasByTable(at) Then
            ranges.getByTable(at).getFilterDescriptor().setFilterFields(Array())
            ranges.getByTable(at).AutoFilter = False
        End If
    Next
#End If
End Sub

' Open every locked sheet; what each allowed is kept for CloseSheets. A password of somebody's own stops here.
Public Function OpenSheets(book As Object) As Collection
    Dim sheet As Object, was As String, opened As Collection
    Set opened = New Collection
    For Each sheet In book.Worksheets
        If sheet.ProtectContents Then
            was = Allowed(sheet)
            On Error Resume Next
            sheet.Unprotect ""
            On Error GoTo 0
            If sheet.ProtectContents Then Err.Raise LOCKED
            opened.Add "" & sheet.Name & "|" & was
        End If
    Next
    Set mOpened = opened
    Set OpenSheets = opened
End Function

Public Sub CloseSheets(book As Object, opened As Collection)
    Dim line As Variant, parts As Variant, sheet As Object
    Set mOpened = Nothing
    If opened Is Nothing Then Exit Sub
    For Each line In opened
        parts = Split(line, "|")
        Set sheet = SheetNamed(book, "" & parts(0))
        If Not sheet Is Nothing Then LockSheet sheet, "" & parts(1)
    Next
End Sub

' After a fault: lock again what was opened.
Public Sub CloseAfterFault(book As Object)
    If mOpened Is Nothing Then Exit Sub
    On Error Resume Next
    CloseSheets book, mOpened
    On Error GoTo 0
End Sub

' What a locked sheet still allows: eleven signs, in the order of Protect.
Private Function Allowed(sheet As Object) As String
    Dim p As Object
    Allowed = "01100011100"
    If InLibreOffice() Then Exit Function
    Set p = sheet.Protection
    Allowed = "" & Sign(p.AllowFormattingCells) & Sign(p.AllowFormattingColumns) & Sign(p.AllowFormattingRows) & Sign(p.AllowInsertingColumns)
    Allowed = Allowed & Sign(p.AllowInsertingRows) & Sign(p.AllowInsertingHyperlinks) & Sign(p.AllowDeletingColumns) & Sign(p.AllowDeletingRows)
    Allowed = Allowed & Sign(p.AllowSorting) & Sign(p.AllowFiltering) & Sign(p.AllowUsingPivotTables)
End Function

Private Function Sign(ByVal yes As Boolean) As String
    Sign = IIf(yes, "1", "0")
End Function

' Lock a sheet without a password; LibreOffice knows no allowances here.
Public Sub LockSheet(sheet As Object, ByVal was As String)
    Dim a(1 To 11) As Boolean, at As Long
    If InLibreOffice() Then
        sheet.Protect
        Exit Sub
    End If
    For at = 1 To 11
        a(at) = (Mid(was, at, 1) = "1")
    Next
    sheet.Protect "", False, True, False, False, a(1), a(2), a(3), a(4), a(5), a(6), a(7), a(8), a(9), a(10), a(11)
End Sub

' What stopped a button, in words that say the next step.
Public Function Stopped(ByVal what As String, ByVal number As Long) As String
    If number = LOCKED Then
        Stopped = "有工作表加了密码，" & what & "没有做。请先撤销工作表保护，再试一次。"
    Else
        Stopped = what & "没有做完（" & number & "）。请重新打开本工作簿，再试一次。"
    End If
End Function
