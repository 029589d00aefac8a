"""What people, or those who wish them ill, may put where a title, a note or a work's own text belongs."""

from __future__ import annotations

HOSTILE_TEXTS = (
    "",
    " \n\t ",
    "<script>alert(1)</script>",
    "]]> & &amp; &nope; <!-- --> <?xml?> <![CDATA[",
    "\"'><img src=x onerror=alert(1)>",
    "lone \ud800 halves \udfff, joined \ud83d\ude00, none \x00\x01\x07\x0b\x0c\x1b\x7f\x85\u2028\ufffe\uffff",
    "../../../etc/passwd",
    "..\\..\\CON.txt",
    "{{ settings.SECRET_KEY }} {% load x %} %(title)s {0} %s",
    "‮right to left‬ \u200b\u200d\ufeff",
    "é́́́" * 50,
    "a" * 5_000,
    "ប្រព័ន្ធ ຄຸ້ມຄອງ လူမှုဖူလုံရေး คุ้มครอง 社会保护",
)

HOSTILE_BODIES = (
    "<p>not closed <b>bold <i>both</b> after</i>",
    "<ul>words <li>one<li>two<ul><p>deep</p></ul></ul><li>stray</li>",
    "<table><caption>c</caption><caption>d</caption>loose<tr><td>1<td><p>2</p><tr></table><td>stray</td>",
    "<table><thead><tr><th>h</th></tr></thead></table><table></table><thead><tr><td>x</td></tr></thead>",
    "<a href='javascript:alert(1)'>a</a><a href='https://x.test/a b?q=<>&r=\"%zz'>b <a href='/c'>c</a></a>",
    "<a href='https://good.test/'>out <a href='https://other.test/'>in</a></a><a href='http://[::1/'>d</a>",
    "<a href='http://ex ample.test/'>e</a><a href='http://a..b/'>f</a><a href='https://u:p@h.test/'>g</a>",
    "<h2><p>in heading</p></h2><strong><h3>out</h3><p>x</p></strong><h4></h4><p></p><em> </em>",
    "<svg><script>x</script></svg><math><mi>y</mi></math><style>p{}</style><iframe src='//e'></iframe>",
    "<!DOCTYPE html [<!ENTITY a 'b'>]><html><body onload=x><p>&a; &nbsp; &#0; &#xD800; &#x1F600;</p>",
    "<blockquote>" * 3_000 + "deep words" + "</blockquote>" * 10,
    "<b>" * 3_000 + "bold words",
    "<sup><hr><sub><ol><li>x</sup>" * 20,
    *HOSTILE_TEXTS,
)
