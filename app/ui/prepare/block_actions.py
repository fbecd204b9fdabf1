"""What the table of actions calls on blocks: saving the selection as one, putting one down, handing them on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QInputDialog

from app.domain.block import Block
from app.domain.geometry import Point
from app.services import blocks
from app.ui.canvas.layout import PageRef
from app.ui.prepare.ghost_actions import GhostActions

FILES: Final = "Blocks (*.json);;All files (*)"


class BlockActions(GhostActions):
    """Mixed into the page."""

    _blocks: tuple[Block, ...] = ()

    def save_block(self) -> None:
        """Asks for its name; one of that name is replaced."""
        dialog = QInputDialog(self._widget)
        dialog.setWindowTitle("Save as block")
        dialog.setLabelText("Name of the block")
        dialog.setOkButtonText("Save block")
        dialog.setTextValue(self.draft.chosen[0].label or "Block")
        dialog.textValueSelected.connect(self.save_block_as)
        dialog.open()

    def save_block_as(self, name: str) -> None:
        house, fields = self._desk.house, self.draft.chosen
        self._desk.run(lambda _: blocks.save(house, name, fields), owner=self.studio)

    def read_blocks(self) -> None:
        house = self._desk.house
        self._desk.run(lambda _: blocks.list_blocks(house), self._show_blocks, owner=self.studio)

    def pick_block(self, name: str) -> None:
        """Into the hand; it is put down by a click or Enter."""
        block = next((each for each in self._blocks if each.name == name), None)
        if block is not None and self.draft.is_editable and self.studio.view.sheets:
            self.studio.hold_block(block, self.put_block)

    def put_block(self, block: Block, page: PageRef, at: Point) -> None:
        """For the current recipient, where there is one; else as the block remembers."""
        current = self.draft.current
        role = current.role if current is not None else None
        made = blocks.place(self._desk.house, self.draft.envelope, block, page.document, page.page, at, role)
        ids = tuple(field.id for field in made)
        self.draft.set_fields(f"Place {block.name}", (*self.draft.envelope.fields, *made), ids)

    def remove_block(self, name: str) -> None:
        house = self._desk.house
        self._desk.run(lambda _: blocks.remove(house, name), owner=self.studio)

    def export_blocks(self) -> None:
        dialog = QFileDialog(self._widget, "Export blocks", "blocks.json", FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda name: self.export_blocks_to(Path(name)))
        dialog.open()

    def export_blocks_to(self, path: Path) -> None:
        house, names = self._desk.house, [block.name for block in self._blocks]
        self._desk.run(
            lambda _: blocks.export(house, names, path),
            lambda _: self._desk.notices.tell(f"Exported to {path.name}."),
            owner=self.studio,
        )

    def import_blocks(self) -> None:
        dialog = QFileDialog(self._widget, "Import blocks", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_blocks_from(Path(name)))
        dialog.open()

    def import_blocks_from(self, path: Path) -> None:
        house = self._desk.house
        self._desk.run(lambda _: blocks.import_file(house, path), lambda _: self.read_blocks(), owner=self.studio)

    # -- inside ----------------------------------------------------------------------------------------------

    def _show_blocks(self, found: tuple[Block, ...]) -> None:
        self._blocks = found
        self.studio.side.show_blocks(found)
