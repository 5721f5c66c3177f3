"""Abbreviations with several readings, and the neighbours that decide between them.

Neighbours are folded words. "#" stands for a number, "####" for one of four figures, "^" for a
capitalised name. The first sense that fits wins; a sense without neighbours is the common one;
without any the place is flagged.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading, the words after it and the words before it that call for it."""

    spoken: str
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


def _sense(spoken: str, after: str = "", before: str = "") -> Sense:
    return Sense(spoken, frozenset(after.split()), frozenset(before.split()))


_PAPER = "số #"
_PAPER_SIGNS = "nq qđ kh bc tb cv"
"""Papers are listed together: QĐ, KH và TB."""
_PAPER_VERBS = "theo hành ban thực văn dự các tại tinh"
AMBIGUOUS = {
    "CT": (
        _sense("chỉ thị", "", _PAPER_SIGNS),
        _sense("chỉ thị", _PAPER),
        _sense("công ty", "tnhh cổ cp tư xây điện"),
        _sense("chương trình", "mtqg mục hành quốc ocop gdpt giảng công"),
        _sense(
            "chủ tịch",
            "ubnd ủy hđnd hội mttq ubmttq xã phường huyện nước hpn hnd ^",
            "phó đ/c đồng",
        ),
    ),
    "TT": (
        _sense("truyền thanh", "", "đài trạm"),
        _sense("thông tư", _PAPER + " liên của", "theo định hành"),
        _sense("thường trực", "bcđ hđnd đảng đu ủy ubmttq mttq tỉnh thành huyện ubnd hội ban"),
        _sense(
            "trung tâm",
            "y văn phục dịch gdtx gdnn giáo vh hành học kiểm chính khuyến bồi "
            "truyền pvhcc hội htcđ điều dạy ytế bảo vhtt vhtttt hcc",
        ),
        _sense("thông tin", "tuyên truyền cơ", "công bộ phận cung cổng trang"),
        _sense("trật tự", "xã an atxh", "an"),
        _sense("thị trấn", "^", "xã phường"),
    ),
    "HĐ": (
        _sense(
            "hợp đồng", "lao mua thuê kinh dịch đồng cho tín vay xây bảo số #", "ký kết bản thanh"
        ),
        _sense(
            "hội đồng",
            "nghĩa thi tuyển bầu xét giám kỷ quản trường nhân đánh thẩm tư nvqs bồi đền phối khoa",
            "chủ các tại",
        ),
        _sense("hoạt động", "tuyên của văn đoàn hè tình ^", "các tổ hiệu chất lượng quả kinh mọi"),
    ),
    "KT": (
        _sense("ký thay", "chủ giám trưởng bí cục tổng bộ hiệu chánh thủ"),
        _sense(
            "kinh tế",
            "xã hộ nông tập tư biển số - thị hạ tuần xanh",
            "triển phòng ban ngành nền vụ hộ",
        ),
        _sense("kỹ thuật", "chăm canh trồng", "khoa hạ cán tiến quy"),
        _sense("kiểm tra", "giám", "công đoàn"),
    ),
    "TM": (
        _sense(
            "thay mặt",
            "ubnd ủy ban hđnd hội đảng mttq đoàn bch btv ubmttq bộ chính tập thường đu btc bcđ",
        ),
        _sense("thương mại", "dịch điện tự và", "công bộ vụ nghiệp"),
    ),
    "CĐ": (
        _sense("công điện", _PAPER + " khẩn của", "hành theo"),
        _sense("công đoàn", "cơ viên các ngành trường", "chủ tổ đoàn"),
        _sense("cao đẳng", "nghề sư y ^ kinh nông", "trường đh học hệ đại"),
        _sense("cộng đồng", "", "tập dân"),
    ),
    "TB": (
        _sense("thông báo", "", _PAPER_SIGNS),
        _sense("thông báo", _PAPER + " kết của về"),
        _sense("thương binh", "liệt bệnh hạng ls và", "gia bệnh đình hộ chế ngày"),
        _sense("trung bình", "khá yếu cộng của", "học lực loại mức hộ điểm giá đạt khá"),
    ),
    "QĐ": (_sense("quân đội", "nhân nd"), _sense("quyết định")),
    "ĐT": (
        _sense("điện thoại", _PAPER + " liên di", "số liên"),
        _sense("đào tạo", "nghề bồi", "giáo gd dục và tạo"),
        _sense("đầu tư", "công xây", "chủ vốn dự kế"),
    ),
    "TP": (
        _sense("thực phẩm", "", "sinh toàn"),
        _sense("tội phạm", "", "chống tố"),
        _sense("thành phẩm", "", "kho bán"),
        _sense("thành phố"),
    ),
    "KH": (
        _sense("kế hoạch", "", _PAPER_SIGNS),
        _sense("khách hàng", "", "sóc hàng"),
        _sense("khoa học", "kỹ công và kt", "nghiên đề hội cứu sở"),
        _sense(
            "kế hoạch",
            _PAPER + " tuyên triển của thực năm phát công tổ hành ubnd phối kiểm "
            "sản cchc xây bảo khắc chi",
            _PAPER_VERBS + " dựng hiện hoàn",
        ),
        _sense("kế hoạch"),
    ),
    "TS": (
        _sense("thủy sản", "", "trồng nuôi hải"),
        _sense("tài sản", "công cố chung riêng nhà", "quản khai lý"),
        _sense("tiến sĩ", "^ khoa"),
    ),
    "VP": (
        _sense(
            "văn phòng",
            "ubnd hđnd đảng đu ủy đăng hội chính tỉnh quốc công bộ đoàn thành",
            "chánh phó tại",
        ),
        _sense("vi phạm", "hành pháp atgt trật quy luật về nồng", "xử trường số các"),
    ),
    "BCH": (
        _sense("ban chỉ huy", "quân pctt phòng pccc qs tkcn chống công ptds"),
        _sense(
            "ban chấp hành",
            "đảng đoàn hội chi công tw trung đu tỉnh huyện khóa lhpn hnd hlhpn ccb đtn",
        ),
    ),
    "BTC": (
        _sense("Bộ Tài chính", "", "tư của thuộc bộ trưởng"),
        _sense(
            "ban tổ chức",
            "hội giải lễ cuộc ngày sự chương đại các tw trung đu tỉnh đã xin trao sẽ quyết",
            "trưởng phó đ/c",
        ),
    ),
    "SN": (_sense("sinh năm", "####"), _sense("số nhà")),
    "KK": (_sense("khuyến khích", "", "giải"),),
    "UV": (_sense("u-vê", "", "tia số cực chống"), _sense("ủy viên")),
    "CP": (_sense("cổ phần", "", "ty tmcp nhtm hàng"), _sense("Chính phủ")),
    "BCT": (
        _sense("ban công tác", "mặt mt mttq", "trưởng phó thôn"),
        _sense("Bộ Chính trị", "khóa", "quyết thị nq"),
        _sense("Bộ Công Thương"),
    ),
    "CN": (
        _sense("công nghiệp", "ttcn và xây", "ngành khu cụm nghiệp"),
        _sense("công nghệ", "thông cao số sinh", "học sở kh"),
        _sense("chi nhánh", "ngân văn"),
        _sense("công nhân", "lao viên", "cán"),
        _sense("chủ nhật", "# hằng hàng ngày", "thứ sáng chiều"),
    ),
    "HS": (
        _sense("hồ sơ", "tthc đăng xin đề trực giấy", "nhận trả bộ nộp lý quyết sơ tiếp số"),
        _sense("học sinh"),
    ),
    "DN": (_sense("doanh nghiệp"),),
    "SX": (_sense("sản xuất"),),
    "KD": (_sense("kinh doanh"),),
    "GV": (_sense("giáo viên"),),
    "SV": (_sense("sinh viên"),),
    "VH": (_sense("văn hóa"),),
    "GD": (_sense("giáo dục"),),
    "XH": (_sense("xã hội"),),
    "YT": (_sense("y tế"),),
    "CB": (_sense("cán bộ"),),
    "CC": (_sense("công chức"),),
    "LĐ": (_sense("lãnh đạo", "ubnd đảng sở"), _sense("lao động")),
    "XD": (_sense("xây dựng"),),
    "TTr": (_sense("tờ trình"),),
    "CTr": (_sense("chương trình"),),
    "NQ": (_sense("nghị quyết"),),
    "NĐ": (_sense("nghị định"),),
    "BC": (_sense("báo cáo"),),
    "CV": (_sense("chuyên viên", "^", "chức"), _sense("công văn")),
    "HD": (_sense("hướng dẫn"),),
    "ĐA": (_sense("đề án"),),
    "PA": (_sense("phương án"),),
    "GM": (_sense("giấy mời"),),
    "TTLT": (_sense("thông tư liên tịch"),),
    "KL": (_sense("kết luận"),),
    "TTCN": (_sense("tiểu thủ công nghiệp"),),
    "NN": (
        _sense("nông nghiệp", "và nông công cao", "ngành sản"),
        _sense("nhà nước", "", "quản cơ lý quan"),
    ),
    "MT": (_sense("môi trường", "", "vệ bảo sinh vệ và nông"), _sense("mặt trận", "tổ tq")),
    "ND": (
        _sense("nội dung", "chính các họp"),
        _sense("nhân dân", "và trong", "hội của các"),
    ),
    "ĐV": (
        _sense("đảng viên", "mới chính dự", "phát cán kết"),
        _sense("đơn vị", "sự hành", "các cơ"),
        _sense("đoàn viên", "thanh công"),
    ),
    "TN": (
        _sense("tự nguyện", "", "bhxh bhyt"),
        _sense("thanh niên", "tình xung", "đoàn"),
        _sense("tài nguyên", "và khoáng"),
        _sense("thiên nhiên"),
    ),
    "PN": (_sense("phụ nữ"),),
    "ĐH": (_sense("đại hội", "đảng đại đoàn chi hội lần"), _sense("đại học")),
    "MN": (_sense("mầm non", "", "trường gd dục"), _sense("miền núi", "", "số và")),
    "TH": (_sense("tiểu học", "và ^ thcs", "trường"), _sense("thực hiện", "nghiêm tốt các")),
    "CA": (_sense("công an"),),
    "QS": (_sense("quân sự"),),
    "TNV": (_sense("tình nguyện viên"),),
    "GT": (_sense("giao thông"),),
    "QLDA": (_sense("quản lý dự án"),),
    "DA": (_sense("dự án"),),
    "BVHT": (_sense("bảo vệ hiện trường"),),
    "TTYT": (_sense("trung tâm y tế"),),
    "BV": (_sense("bệnh viện", "đa ^ huyện tỉnh", "tại viện"), _sense("bảo vệ")),
    "TX": (_sense("thị xã"),),
    "BT": (_sense("bí thư", "đảng chi đoàn đu huyện tỉnh", "phó đ/c"), _sense("bộ trưởng", "bộ")),
    "P": (
        _sense("phường", "#"),
        _sense("phòng", "vhxh kinh văn tư nội y tài giáo vhtt"),
        _sense("phường", "^"),
    ),
    "H": (_sense("huyện", "^"),),
    "Q": (_sense("quận", "# ^"),),
    "T": (_sense("tháng", "#"), _sense("thôn", "^")),
    "TX.": (_sense("thị xã"),),
    "DT": (_sense("diện tích", "đất gieo"), _sense("dân tộc", "thiểu")),
    "PTTH": (
        _sense("phát thanh - truyền hình", "", "đài kênh"),
        _sense("phổ thông trung học", "", "trường học"),
    ),
    "PT": (_sense("phát triển"),),
    "TTTM": (_sense("trung tâm thương mại"),),
    "QT": (_sense("quyết toán", "ngân"), _sense("quốc tế")),
    "CS": (_sense("chính sách", "xã dân hỗ"), _sense("cảnh sát", "giao khu"), _sense("cơ sở")),
}

ONLY_WITH_DOT = frozenset({"P", "H", "Q", "T"})
"""Single letters are shortenings only as "P. Tư pháp", "Q.1"."""
