"""Reading a formula: recursive descent over five levels of binding.

comparison  = joining [ ("=" | "<>" | "!=" | "<" | "<=" | ">" | ">=") joining ]
joining     = sum { "&" sum }
sum         = product { ("+" | "-") product }
product     = signed { ("*" | "/") signed }
signed      = [ "-" | "+" ] signed | value
value       = number | "text" | true | false | [field] | name | name "(" arguments ")" | "(" comparison ")"
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from app.domain.errors import FormulaError
from app.domain.formulas.functions import FUNCTIONS
from app.domain.formulas.tokens import Sort, Token, tokens
from app.domain.formulas.tree import Call, Literal, Node, Operation, Reference

LONGEST, DEEPEST, MOST_SIGNS = 2000, 30, 100
COMPARISONS = ("=", "<>", "!=", "<", "<=", ">", ">=")


@lru_cache(maxsize=512)
def parse(text: str) -> Node:
    """Raises `FormulaError` with the column and a way to mend it."""
    if len(text) > LONGEST:
        mend = f"Keep it under {LONGEST} characters; let another field compute a part of it"
        raise FormulaError(formula=text[:80], column=LONGEST, problem="the formula is too long", mend=mend)
    reader = _Reader(text)
    node = reader.comparison()
    reader.expect_end()
    return node


class _Reader:
    """Looks one token ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = self._signs = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _accept(self, *signs: str) -> Token | None:
        token = self._next
        if token.sort is not Sort.SIGN or token.text not in signs:
            return None
        self._signs += token.text in "+-*/&"
        if self._signs > MOST_SIGNS:
            raise self._error("the formula has too many parts", "Use sum(…), or let a field compute a part of it")
        return self._take()

    def comparison(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("too many brackets inside each other", "Let another field compute a part of it")
        left = self._joining()
        if sign := self._accept(*COMPARISONS):
            left = Operation("<>" if sign.text == "!=" else sign.text, left, self._joining(), sign.column)
        self._depth -= 1
        return left

    def _joining(self) -> Node:
        return self._row(self._sum, "&")

    def _sum(self) -> Node:
        return self._row(self._product, "+", "-")

    def _product(self) -> Node:
        return self._row(self._signed, "*", "/")

    def _row(self, part: Callable[[], Node], *signs: str) -> Node:
        """Binds from the left."""
        left = part()
        while sign := self._accept(*signs):
            left = Operation(sign.text, left, part(), sign.column)
        return left

    def _signed(self) -> Node:
        signs = []
        while sign := self._accept("-", "+"):
            signs.append(sign)
        node = self._value()
        for sign in reversed(signs):
            node = Operation(sign.text, None, node, sign.column)
        return node

    def _value(self) -> Node:
        if self._accept("("):
            inner = self.comparison()
            self._close()
            return inner
        match self._next.sort:
            case Sort.NUMBER:
                token = self._take()
                return Literal(Decimal(token.text), token.column)
            case Sort.TEXT:
                token = self._take()
                return Literal(token.text, token.column)
            case Sort.FIELD:
                token = self._take()
                return Reference(token.text, token.column)
            case Sort.NAME:
                return self._named(self._take())
        raise self._error("a value is missing", "Write a number, a text in quotation marks or a [field] here")

    def _named(self, token: Token) -> Node:
        word = token.text.lower()
        if self._accept("("):
            return self._call(token, word)
        if word in ("true", "false"):
            return Literal(word == "true", token.column)
        return Reference(token.text, token.column)

    def _call(self, token: Token, word: str) -> Node:
        function = FUNCTIONS.get(word)
        if function is None:
            mend = f"There are: {', '.join(FUNCTIONS)}"
            raise self._error(f"there is no function {token.text[:40]}", mend, token.column)
        arguments: list[Node] = []
        if not self._accept(")"):
            arguments.append(self.comparison())
            while self._accept(",", ";"):
                arguments.append(self.comparison())
            self._close()
        if not function.least <= len(arguments) <= function.most:
            raise self._error(f"{word} does not take {len(arguments)} values", f"Write {function.usage}", token.column)
        return Call(word, tuple(arguments), token.column)

    def _close(self) -> None:
        if not self._accept(")"):
            raise self._error("a closing bracket is missing", "Write ) here")

    def expect_end(self) -> None:
        if self._next.sort is not Sort.END:
            raise self._error("this follows on nothing", "Write a sign such as + or & before it, or leave it out")

    def _error(self, problem: str, mend: str, column: int | None = None) -> FormulaError:
        return FormulaError(formula=self._text, column=column or self._next.column, problem=problem, mend=mend)
