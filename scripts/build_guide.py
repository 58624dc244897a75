"""Write the guides: docs/guide/*.html, from scripts/guide/ and the look of all our pages.

    .venv/bin/python scripts/build_guide.py [--check]

Their pictures are drawn by build_guide_pictures.py, by hand. The pages need no network and no script, and print on A4.
"""

from __future__ import annotations

import re
import sys

import jinja2
import setup
from kept import keep

from toolkit import __version__
from toolkit.cli.menu import CHOICES

SOURCES = setup.ROOT / "scripts" / "guide"
FOLDER = setup.ROOT / "docs" / "guide"
NAMES = ("village-month", "officer-10th", "install", "release-check")
#: Who went through release-check.html in real Excel, when and with which version, as a sentence for the foot of every page. Empty: nobody has.
CHECKED = ""
PENDING = "已在LibreOffice中测试；Excel和WPS实机核对：待做。"
STANDING = "本工具只用于安排孕产期服务和督促机关、单位、机构尽责；不用于查找、核实、追踪怀孕，不用于寻找或处罚任何人。"

#: What a person does in real Excel and WPS, and on machines we do not have, and what is to be seen.
PARTS = (
    ("一、工作簿（Excel、WPS各一遍）", (
        ("打开村工作簿、乡镇汇总表、月度汇总、验收清单、抽样工作簿", "没有“发现内容有问题，是否修复”；字体、颜色、列宽和说明里的图一致"),
        ("在孕产妇台账填一行，故意写错预产期、漏填告知日期", "红格、黄格立刻出现；“本行提示”和封面的状态跟着变"),
        ("点下拉、粘贴一列、整行删除、在表尾接着往下填", "下拉是“1 可上门”这样的字；受保护的表能删整行；新行有边框和提示"),
        ("打印封面、孕产妇台账、随访记录、填表说明、走访表", "一页宽，表头每页都有，提示列不印，白边不空页"),
        ("另存为xls、ods、csv，再 ledger check", "读到的条数和原来一样"),
        ("打开检查得到的标注副本，点“问题清单”里的链接", "跳到那一格；批注看得见；发送人原来的样子没有变"),
    )),
    ("二、带按钮的工作簿和加载项（Excel）", (
        ("打开.xlsm，启用宏；按 Alt+F11，调试 → 编译", "没有修复提示；编译通过；模块里的中文不乱码（中文和英文Windows各一次）"),
        ("功能区“台账”上逐个按：检查本表、检查全簿、准备上报、结转下月、删除一人、未来30天可提供的服务、撤销标记", "每个都有一句结果；上报本里没有服务册；再按检查，标记重来一遍不重复"),
        ("看功能区", "每个按钮都有图标；装了加载项再打开.xlsm，认得出哪个“台账”是哪个"),
        ("删一行后再按检查全簿，再按撤销标记", "没有留下旧的红格"),
        ("在汇总表上按检查全簿", "它自己的“问题清单”没有被动"),
        ("装加载项，在普通.xlsx上按检查全簿；卸载", "装前装后不要管理员权限；卸载后功能区没有了"),
        ("装好程序后按：完整检查、合并文件夹、月报、验收清单、抽样、打开说明", "状态栏有进度；结果和命令做的一样；出错只有一句话"),
    )),
    ("三、WPS", (
        ("没有VBA插件时打开.xlsm", "能填、能看红黄格；按钮不能用，封面和“本行提示”照常"),
        ("装了VBA插件时，把第二部分村里的按钮再按一遍", "与Excel一样；不一样的记下来"),
    )),
    ("四、离线文件夹", (
        ("Windows 10（最旧的一台）和11：解压到带中文和空格的路径，双击“台账.cmd”", "菜单是中文，不乱码；选8能走完"),
        ("拖一个文件夹、几个文件、一个名字里有 & 和空格的文件到“台账.cmd”上", "列出的名字都对；选1、选3做完"),
        ("用普通用户、不联网、开着杀毒软件各做一次", "不要管理员权限；没有拦截，或写明怎样信任"),
        ("银河麒麟V10 SP1、统信UOS 20，x86_64和arm64：sh install.sh，再点程序菜单里的“台账”", "装好；菜单是中文；选8能走完"),
    )),
)


def menu() -> str:
    """The menu as it is shown."""
    return "\n".join([*(f"  {choice.key}  {choice.zh}" for choice in CHOICES), "  0  退出", "请输入数字，按回车："])


def pages() -> dict[str, bytes]:
    """File name -> page."""
    loader = jinja2.FileSystemLoader((SOURCES, setup.ROOT / "toolkit" / "pages"))
    found = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                               keep_trailing_newline=True)
    words = {"version": __version__, "standing": STANDING, "checked": CHECKED or PENDING, "menu": menu(), "parts": PARTS}
    return {f"{name}.html": unbroken(found.get_template(f"{name}.html.jinja").render(words)).encode() for name in NAMES}


def unbroken(page: str) -> str:
    """Lines end between the words of a command, never behind the hyphen of an option."""
    return re.sub(r"<code>(ledger [^<]+)</code>", lambda code: f"<code>{' '.join(f'<span>{word}</span>' for word in code[1].split())}</code>", page)


def main(words: list[str]) -> int:
    drawn = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted((FOLDER / "pictures").glob("*.png"))}
    stale = keep(FOLDER, {**pages(), **drawn}, "--check" in words)
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
