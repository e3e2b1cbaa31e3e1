"""Text that tries to run script when a page prints it. Each calls `hit()`, which a page of the tests defines.

Written for this project after the families that the OWASP cheat sheet on filter evasion describes.
"""

_HANDLERS = {
    "img": ("src=x", "onerror"),
    "svg": ("", "onload"),
    "body": ("", "onload"),
    "input": ("autofocus", "onfocus"),
    "select": ("autofocus", "onfocus"),
    "textarea": ("autofocus", "onfocus"),
    "button": ("autofocus", "onfocus"),
    "a": ("href=#x tabindex=1 autofocus", "onfocus"),
    "details": ("open", "ontoggle"),
    "video": ("src=x", "onerror"),
    "audio": ("src=x", "onerror"),
    "iframe": ("src=about:blank", "onload"),
    "object": ("data=x", "onerror"),
    "embed": ("src=x", "onload"),
    "link": ("rel=stylesheet href=x", "onerror"),
    "style": ("", "onload"),
    "script": ("src=x", "onerror"),
    "marquee": ("", "onstart"),
    "p": ("", "onmouseover"),
    "div": ("", "onpointerenter"),
    "table": ("", "onmouseover"),
    "td": ("", "onclick"),
    "blockquote": ("", "onmouseenter"),
    "math": ("", "onmouseover"),
    "form": ("", "onmouseover"),
    "keygen": ("autofocus", "onfocus"),
    "isindex": ("type=image src=x", "onerror"),
    "custom-element": ("tabindex=1 autofocus", "onfocus"),
}

_WRAPPED = [
    "<{tag} {rest} {on}=hit()>",
    '<{tag} {rest} {on}="hit()">text</{tag}>',
    "<{upper} {rest} {mixed}='hit()'>",
    "<{tag}/{on}=hit()/{rest}>",
]

_SCHEMES = [
    "javascript:hit()",
    "JaVaScRiPt:hit()",
    " javascript:hit()",
    "java\tscript:hit()",
    "java\nscript:hit()",
    "\x01javascript:hit()",
    "javascript&colon;hit()",
    "&#106;avascript:hit()",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x68&#x69&#x74&#x28&#x29",
    "data:text/html,<script>parent.hit()</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGl0KCk8L3NjcmlwdD4=",
    "vbscript:hit()",
    "livescript:hit()",
    "view-source:javascript:hit()",
    "feed:javascript:hit()",
    "blob:javascript:hit()",
    "//javascript:hit()",
    "javascript://%0Ahit()",
]

_SINGLE = [
    "<script>hit()</script>",
    "<SCRIPT>hit()</SCRIPT>",
    "<script>hit()",
    "<script\x0c>hit()</script>",
    "<script/x>hit()</script>",
    "<scr<script>ipt>hit()</scr</script>ipt>",
    "<<script>hit();//<</script>",
    "</title><script>hit()</script>",
    "</textarea><script>hit()</script>",
    "</script><script>hit()</script>",
    "--><script>hit()</script>",
    "]]><script>hit()</script>",
    '"><script>hit()</script>',
    "'><script>hit()</script>",
    '" onmouseover="hit()" x="',
    "' onmouseover='hit()' x='",
    '" autofocus onfocus=hit() x="',
    "` onmouseover=hit() x=`",
    "<script type=module>hit()</script>",
    "<script src='data:text/javascript,hit()'></script>",
    "<svg><script>hit()</script></svg>",
    "<svg><script href='data:text/javascript,hit()' /></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href values=javascript:hit() /><text y=20>go</text></a></svg>",
    "<svg><foreignObject><img src=x onerror=hit()></foreignObject></svg>",
    "<svg><style><img src=x onerror=hit()></style></svg>",
    "<svg><desc><img src=x onerror=hit()></desc></svg>",
    "<svg><![CDATA[><img src=x onerror=hit()>]]></svg>",
    "<math><mtext><img src=x onerror=hit()></mtext></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=hit()&gt;'>",
    "<math href=javascript:hit()>go</math>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "<template><img src=x onerror=hit()></template>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<iframe src=javascript:parent.hit()></iframe>",
    "<object data=javascript:hit()></object>",
    "<embed src=javascript:hit()>",
    "<form action=javascript:hit()><button>go</button></form>",
    "<form id=x></form><button form=x formaction=javascript:hit()>go</button>",
    "<isindex action=javascript:hit()>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "<base href='javascript:hit()//'><a href=x>go</a>",
    "<link rel=import href='data:text/html,<script>hit()</script>'>",
    "<style>@import 'javascript:hit()';</style>",
    "<style>*{background:url(javascript:hit())}</style>",
    "<p style='background:url(javascript:hit())'>x</p>",
    "<p style='width:expression(hit())'>x</p>",
    "<p style='behavior:url(#x)' onreadystatechange=hit()>x</p>",
    "<img src=x:x onerror=hit() <p>",
    "<img src='x' onerror='hit()' alt='{days:fire}'>",
    "<a title='{days:fire}\" onmouseover=\"hit()'>x</a>",
    '<a href="https://example.org/{days:fire}" title="><img src=x onerror=hit()>">x</a>',
    "<p title='<!--'><img src=x onerror=hit() title='-->'>",
    "<!--><img src=x onerror=hit()>-->",
    "<!--[if gte IE 4]><script>hit()</script><![endif]-->",
    "<?xml version='1.0'?><script xmlns='http://www.w3.org/1999/xhtml'>hit()</script>",
    "<xss id=x tabindex=1 onfocus=hit()></xss>",
    "<img \x00src=x onerror=hit()>",
    "<img src=x onerror=\x00hit()>",
    "<im\x00g src=x onerror=hit()>",
    "<xmp><img src=x onerror=hit()></xmp>",
    "<plaintext><img src=x onerror=hit()>",
    "<select><template shadowrootmode=open><img src=x onerror=hit()></template></select>",
    "<div><template shadowrootmode=open><script>hit()</script></template></div>",
    "&lt;img src=x onerror=hit()&gt;",
    "&amp;lt;script&amp;gt;hit()&amp;lt;/script&amp;gt;",
    "\u003cimg src=x onerror=hit()\u003e",
    "＜script＞hit()＜/script＞",
    "{{constructor.constructor('hit()')()}}",
    "${hit()}",
    "{% load static %}<script>hit()</script>",
]


def _all() -> list[str]:
    found = [
        shape.format(tag=tag, upper=tag.upper(), rest=rest, on=on, mixed=on.title())
        for tag, (rest, on) in _HANDLERS.items()
        for shape in _WRAPPED
    ]
    found += [f'<a href="{scheme}">go</a>' for scheme in _SCHEMES]
    found += [f"<a href={scheme!r}>go</a>" for scheme in _SCHEMES]
    return found + _SCHEMES + _SINGLE


PAYLOADS = list(dict.fromkeys(_all()))
