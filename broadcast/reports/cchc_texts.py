"""The free text of the yearly report until the office writes its own. PURE.

Drawn from the reports communes wrote by hand, without the names and with the wording in force:
since Nghị định 42/2022/NĐ-CP online services are "toàn trình" and "một phần", no longer
"mức độ 3, 4". `cchc_report` fills in what stands in braces.
"""

from enum import StrEnum


class Part(StrEnum):
    """The free-text parts an officer edits; figures and headings are not among them."""

    IMPLEMENTATION = "implementation"
    FORMS = "forms"
    FURTHER_RESULTS = "further_results"
    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    PROPOSALS = "proposals"
    DIRECTIONS = "directions"


def _paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs stand apart by an empty line; the line breaks within are those of this file."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n"))


DEFAULT_TEXTS: dict[Part, tuple[str, ...]] = {
    Part.IMPLEMENTATION: _paragraphs(
        """
        {body} {commune} đã ban hành và tổ chức thực hiện {plans} cùng các văn bản triển
        khai công tác cải cách hành chính (CCHC).
        """
    ),
    Part.FORMS: _paragraphs(
        """
        Trong năm {year}, UBND {commune} tiếp tục tổ chức tuyên truyền, quán triệt tới cán
        bộ, công chức, viên chức, người lao động trong cơ quan và các đơn vị đóng trên địa
        bàn các văn bản chỉ đạo của cấp trên về CCHC; phổ biến kết quả các chỉ số CCHC, chỉ
        số hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước.

        Công tác tuyên truyền được thực hiện bằng nhiều hình thức phù hợp: phát trên đài
        truyền thanh; đăng trên trang thông tin điện tử; lồng ghép trong các buổi họp giao
        ban, họp thôn, họp chi bộ hằng tháng, hội nghị phổ biến pháp luật; sinh hoạt chuyên
        đề, tọa đàm; treo khẩu hiệu tại trụ sở và trục đường chính.

        Thường xuyên cập nhật, rà soát, niêm yết công khai, đầy đủ các thủ tục hành chính
        (TTHC) đã được sửa đổi, bổ sung trên trang thông tin điện tử và tại Bộ phận tiếp
        nhận và trả kết quả; cung cấp địa chỉ, số điện thoại đường dây nóng để tổ chức, cá
        nhân phản ánh, kiến nghị về quy định hành chính.

        Tuyên truyền, hướng dẫn người dân, doanh nghiệp sử dụng dịch vụ công trực tuyến toàn
        trình và dịch vụ công trực tuyến một phần.
        """
    ),
    Part.FURTHER_RESULTS: _paragraphs(
        """
        Các TTHC được công khai đầy đủ, rõ ràng, đúng quy định trên cổng thông tin điện tử
        và tại trụ sở UBND {commune}, tạo điều kiện thuận lợi cho tổ chức, cá nhân tra cứu.
        """
    ),
    Part.STRENGTHS: _paragraphs(
        """
        Ưu điểm: Công tác tuyên truyền CCHC được tiến hành đồng bộ, thường xuyên đến các
        tầng lớp nhân dân cũng như đội ngũ cán bộ, công chức, viên chức, người lao động; góp
        phần nâng cao nhận thức của người dân về các quy định của TTHC trên địa bàn.
        """
    ),
    Part.WEAKNESSES: _paragraphs(
        """
        Tồn tại, hạn chế: Một bộ phận nhân dân chưa quan tâm tìm hiểu về CCHC, tỷ lệ người
        dự hội nghị tuyên truyền còn thấp; kinh phí cho tuyên truyền, phổ biến còn hạn chế.
        """
    ),
    Part.PROPOSALS: _paragraphs(
        """
        Đề nghị cấp ủy Đảng, chính quyền tiếp tục quan tâm chỉ đạo, đầu tư đúng mức; các
        ban, ngành, đoàn thể chủ động, tích cực tham gia để công tác tuyên truyền CCHC đạt
        hiệu quả.

        Công tác tuyên truyền CCHC phải được tiến hành thường xuyên, lâu dài, phối hợp với
        các tổ chức quần chúng nhằm thu hút sự tham gia của cán bộ, công chức, viên chức và
        nhân dân.
        """
    ),
    Part.DIRECTIONS: _paragraphs(
        """
        Tiếp tục tuyên truyền rộng rãi các nội dung CCHC trong cán bộ, công chức và nhân
        dân; cập nhật, niêm yết công khai, đầy đủ các TTHC trên trang thông tin điện tử và
        tại Bộ phận tiếp nhận và trả kết quả.

        Duy trì, nâng cao chất lượng chuyên mục CCHC trên đài truyền thanh và trang thông
        tin điện tử; siết chặt kỷ luật, kỷ cương hành chính, nâng cao chất lượng quản trị và
        hành chính công.

        Phối hợp với các bộ phận chuyên môn tăng cường thông tin, tuyên truyền CCHC đến toàn
        thể nhân dân.

        Tham gia đầy đủ các lớp tập huấn, bồi dưỡng kiến thức, kỹ năng về CCHC, quản trị và
        hành chính công.

        Đẩy mạnh tuyên truyền việc tiếp nhận, giải quyết hồ sơ TTHC trực tuyến toàn trình và
        một phần; tiếp nhận hồ sơ, trả kết quả qua dịch vụ bưu chính công ích.
        """
    ),
}

DEFAULT_RATINGS: tuple[tuple[str, str], ...] = (
    ("Tăng cường tuyên truyền CCHC trong từng bộ phận chuyên môn, cơ quan, đơn vị", "Đạt"),
    ("Duy trì và nâng cao chất lượng chuyên mục CCHC trên đài truyền thanh", "Đạt"),
    ("Đăng tin bài về CCHC, chính quyền số, chuyển đổi số trên trang thông tin điện tử", "Đạt"),
    ("Duy trì chuyên trang CCHC, đăng tải các TTHC thuộc thẩm quyền giải quyết", "Đạt"),
    ("Tuyên truyền trực quan", "Có"),
)
"""Form of communication and how far it was carried out: "Đạt", "Có" or "Không đạt"."""
