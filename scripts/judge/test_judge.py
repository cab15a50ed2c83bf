import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import dumps
import judgments

HEAD = ",".join(judgments.COLUMNS) + "\n"
SGML = """<REUTERS TOPICS="NO" NEWID="7">
<DATE> 2-MAR-1987 15:01:01.79</DATE><TEXT>&#2;
<TITLE>ZEN &lt;ZEN> BUYS MILL</TITLE>
<DATELINE>    OSLO, March 2 - </DATELINE><BODY>Zen Corp bought a mill.
 Reuter
&#3;</BODY></TEXT></REUTERS>
<REUTERS NEWID="8"><DATE>3-MAR-1987</DATE><TEXT><TITLE>NO BODY</TITLE></TEXT></REUTERS>"""


class Judge(unittest.TestCase):
    def read(self, text: str) -> list[dict]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "j.csv"
            path.write_text(HEAD + text, encoding="utf-8")
            return judgments.read(path)

    def test_reuters(self):
        (article,) = dumps.parse(SGML)
        self.assertEqual(article, {"id": "reut/7", "title": "ZEN <ZEN> BUYS MILL", "published": "1987-03-02",
                                   "text": "OSLO, March 2 - Zen Corp bought a mill.\n Reuter"})

    def test_shares_and_causes(self):
        judged = self.read("bbc,a,life.death,text,3,1,1,1,,\nreuters,b,life.death,text,4,1,0,1,role,no victim\n")
        table = list(judgments.rows(judged))
        self.assertIn("| all | 2 | roles | 0.500 | 0.095–0.905 | ≥ 0.65 |", table)
        self.assertIn("| role | 1 | 1.00 |", table)

    def test_faults(self):
        for line in ("bbc,a,t,text,3,1,1,1,role,x", "bbc,a,t,text,3,0,1,1,sense,x", "bbc,a,t,text,3,1,0,1,,x",
                     "bbc,a,t,text,3,1,0,1,luck,x", "bbc,a,t,text,3,1,1,1,,\nbbc,a,t,text,3,1,1,1,,"):
            with self.assertRaises(ValueError):
                self.read(line + "\n")

    def test_committed(self):
        if judgments.CSV.exists():
            self.assertEqual(len(judgments.read(judgments.CSV)), 250)


if __name__ == "__main__":
    unittest.main()
