"""Abbreviations with one reading in administrative text. Ambiguous ones: `ambiguous.py`."""

_STATE_AND_PARTY = """
UBND Ủy ban nhân dân|HĐND Hội đồng nhân dân|MTTQ Mặt trận Tổ quốc|UBMTTQ Ủy ban Mặt trận Tổ quốc
MTTQVN Mặt trận Tổ quốc Việt Nam|UBMTTQVN Ủy ban Mặt trận Tổ quốc Việt Nam
UB.MTTQ Ủy ban Mặt trận Tổ quốc|UBTWMTTQ Ủy ban Trung ương Mặt trận Tổ quốc|TW Trung ương
TƯ Trung ương|BCHTW Ban Chấp hành Trung ương|BCHTƯ Ban Chấp hành Trung ương|QH Quốc hội
ĐBQH đại biểu Quốc hội|UBTVQH Ủy ban Thường vụ Quốc hội|VPQH Văn phòng Quốc hội
TTg Thủ tướng Chính phủ|TTCP Thanh tra Chính phủ|VPCP Văn phòng Chính phủ|UBKT Ủy ban Kiểm tra
UBKTTW Ủy ban Kiểm tra Trung ương|BTV ban thường vụ|BTVĐU Ban Thường vụ Đảng ủy
BTVTU Ban Thường vụ Tỉnh ủy|BTVHU Ban Thường vụ Huyện ủy|BCHĐB Ban Chấp hành Đảng bộ
BCĐ ban chỉ đạo|BTT ban thường trực|BTTV ban thường trực|BTT(V) ban thường trực|BQL ban quản lý
BGH ban giám hiệu|BGĐ ban giám đốc|ĐU đảng ủy|ĐUV đảng ủy viên|TTĐU thường trực đảng ủy
TTHĐND Thường trực Hội đồng nhân dân|TTUB Thường trực Ủy ban|TTUBND Thường trực Ủy ban nhân dân
TU Tỉnh ủy|HU Huyện ủy|QU Quận ủy|PCT Phó Chủ tịch|PBT Phó Bí thư|BTĐU Bí thư Đảng ủy
UVBTV ủy viên Ban Thường vụ|UVBCH ủy viên Ban Chấp hành|UVTV ủy viên thường vụ
CTHĐND Chủ tịch Hội đồng nhân dân|CTUBND Chủ tịch Ủy ban nhân dân|CTN Chủ tịch nước|BNV Bộ Nội vụ
BTTTT Bộ Thông tin và Truyền thông|BVHTTDL Bộ Văn hóa, Thể thao và Du lịch
BKHCN Bộ Khoa học và Công nghệ|BYT Bộ Y tế|BGDĐT Bộ Giáo dục và Đào tạo|BCA Bộ Công an
BQP Bộ Quốc phòng|BNNMT Bộ Nông nghiệp và Môi trường|BTP Bộ Tư pháp|BXD Bộ Xây dựng
BGTVT Bộ Giao thông vận tải|BTNMT Bộ Tài nguyên và Môi trường
BLĐTBXH Bộ Lao động - Thương binh và Xã hội|NHNN Ngân hàng Nhà nước|KBNN Kho bạc Nhà nước
TAND Tòa án nhân dân|TANDTC Tòa án nhân dân tối cao|VKSND Viện kiểm sát nhân dân
VKSNDTC Viện kiểm sát nhân dân tối cao|VKS viện kiểm sát|THADS thi hành án dân sự
CQĐP chính quyền địa phương|CQNN cơ quan nhà nước|HCNN hành chính nhà nước|QLNN quản lý nhà nước
CBCC cán bộ, công chức|CBCCVC cán bộ, công chức, viên chức
CBCCVCNLĐ cán bộ, công chức, viên chức, người lao động|CCVC công chức, viên chức
CB,CC cán bộ, công chức|CBVC cán bộ, viên chức|CBNV cán bộ, nhân viên|CBĐV cán bộ, đảng viên
CBCNV cán bộ, công nhân viên|CNVC công nhân, viên chức|CNVCLĐ công nhân, viên chức, lao động
CNLĐ công nhân lao động|CBGVNV cán bộ, giáo viên, nhân viên|CHXHCN Cộng hòa xã hội chủ nghĩa
XHCN xã hội chủ nghĩa|CNXH chủ nghĩa xã hội|NSNN ngân sách nhà nước|NSTW ngân sách trung ương
NSĐP ngân sách địa phương|TCVN tiêu chuẩn Việt Nam|QCVN quy chuẩn Việt Nam
VHTT&TT văn hóa, thông tin và truyền thanh|VH-TT&TT văn hóa, thông tin và truyền thanh
ATXH an toàn xã hội|HT&ĐT hạ tầng và đô thị|QP quốc phòng|DVNN dịch vụ nông nghiệp|DV dịch vụ
CBGV cán bộ, giáo viên|HN hội nghị|ANND an ninh nhân dân|TK tài khoản|ĐKTK đăng ký tài khoản
TC tài chính|HĐTV hội đồng tư vấn|KTV kỹ thuật viên|BVTV bảo vệ thực vật|CSHT cơ sở hạ tầng
TNTN tài nguyên thiên nhiên|ĐKT đoàn kiểm tra|KHTC kế hoạch tài chính|VTNN vật tư nông nghiệp
MTQGXDNTM mục tiêu quốc gia xây dựng nông thôn mới|CSVC cơ sở vật chất|TTB trang thiết bị
QPTD quốc phòng toàn dân|QPPL quy phạm pháp luật|PBGDPL phổ biến, giáo dục pháp luật
TGPL trợ giúp pháp lý|PL pháp luật|VBQPPL văn bản quy phạm pháp luật|VBPL văn bản pháp luật
ĐHĐB Đại hội đại biểu|TSVM trong sạch vững mạnh|VPĐU Văn phòng Đảng ủy|VPUB Văn phòng Ủy ban
HTCT hệ thống chính trị|HTCTCS hệ thống chính trị cơ sở|QCDC quy chế dân chủ
QCDCCS quy chế dân chủ ở cơ sở|TCCSĐ tổ chức cơ sở đảng|TCĐ tổ chức đảng|LLCT lý luận chính trị
TTHC thủ tục hành chính|CCHC cải cách hành chính|KSTTHC kiểm soát thủ tục hành chính
CCTTHC cải cách thủ tục hành chính|DVC dịch vụ công|DVCTT dịch vụ công trực tuyến
TTPVHCC Trung tâm Phục vụ hành chính công|PVHCC Phục vụ hành chính công|HCC hành chính công
TTHCC Trung tâm Hành chính công|TNHS tiếp nhận hồ sơ|TN&TKQ tiếp nhận và trả kết quả
TNTKQ tiếp nhận và trả kết quả|MCLT một cửa liên thông|CĐS chuyển đổi số|CNTT công nghệ thông tin
CSDL cơ sở dữ liệu|CPĐT Chính phủ điện tử|CQS chính quyền số|CQĐT chính quyền điện tử
ATTT an toàn thông tin|ANM an ninh mạng|TTĐT thông tin điện tử|TTCS thông tin cơ sở
TTTT thông tin và truyền thông|TT&TT thông tin và truyền thông|TTĐN thông tin đối ngoại
TTLL thông tin liên lạc|TTCSTTĐN Thông tin cơ sở và Thông tin đối ngoại
CNSCĐ công nghệ số cộng đồng|TCNSCĐ tổ công nghệ số cộng đồng
"""

_SOCIETY = """
NLĐ người lao động|NSDLĐ người sử dụng lao động|BHYT bảo hiểm y tế|BHXH bảo hiểm xã hội
BHTN bảo hiểm thất nghiệp|BHXHTN bảo hiểm xã hội tự nguyện|BHTNLĐ bảo hiểm tai nạn lao động
CCCD căn cước công dân|CMND chứng minh nhân dân|CMT chứng minh thư|GPLX giấy phép lái xe
ĐKKD đăng ký kinh doanh|ĐKKH đăng ký kết hôn|GKS giấy khai sinh|GCN giấy chứng nhận
GCNQSDĐ giấy chứng nhận quyền sử dụng đất|GCNQSD giấy chứng nhận quyền sử dụng
GCN(QSDĐ) giấy chứng nhận quyền sử dụng đất|QSDĐ quyền sử dụng đất|GPMB giải phóng mặt bằng
QHSDĐ quy hoạch sử dụng đất|SDĐ sử dụng đất|GPXD giấy phép xây dựng|ANTT an ninh trật tự
ATGT an toàn giao thông|TTATXH trật tự an toàn xã hội|TTATGT trật tự an toàn giao thông
ANTQ an ninh Tổ quốc|BVANTQ bảo vệ an ninh Tổ quốc|ANCT an ninh chính trị|ANQP quốc phòng an ninh
QPAN quốc phòng an ninh|QP-AN quốc phòng - an ninh|AN-QP an ninh - quốc phòng
ANNT an ninh nông thôn|ANTTCS an ninh trật tự ở cơ sở|ANTT-ATXH an ninh trật tự, an toàn xã hội
DQTV dân quân tự vệ|NVQS nghĩa vụ quân sự|LLVT lực lượng vũ trang|QNCN quân nhân chuyên nghiệp
BCHQS Ban Chỉ huy Quân sự|CHQS chỉ huy quân sự|BĐBP bộ đội biên phòng|QĐND Quân đội nhân dân
CAND Công an nhân dân|CAX công an xã|CSGT cảnh sát giao thông|CSHS cảnh sát hình sự
CSKV cảnh sát khu vực|CSĐT cảnh sát điều tra|QLHC quản lý hành chính|TNGT tai nạn giao thông
TNXH tệ nạn xã hội|TNLĐ tai nạn lao động|ATVSLĐ an toàn, vệ sinh lao động|ATLĐ an toàn lao động
BLGĐ bạo lực gia đình|PCBLGĐ phòng chống bạo lực gia đình|PCCC phòng cháy chữa cháy
CNCH cứu nạn cứu hộ|PCCCR phòng cháy chữa cháy rừng|PCTT phòng chống thiên tai
TKCN tìm kiếm cứu nạn|PTDS phòng thủ dân sự|PCLB phòng chống lụt bão|PCTN phòng chống tham nhũng
PCTNTC phòng chống tham nhũng, tiêu cực|PCMT phòng chống ma túy|PCTP phòng chống tội phạm
PCDB phòng chống dịch bệnh|PCD phòng chống dịch|THTK thực hành tiết kiệm
THTKCLP thực hành tiết kiệm, chống lãng phí|CLP chống lãng phí|NTM nông thôn mới
NTMNC nông thôn mới nâng cao|NTMKM nông thôn mới kiểu mẫu|XDNTM xây dựng nông thôn mới
MTQG mục tiêu quốc gia|CTMTQG chương trình mục tiêu quốc gia|HTX hợp tác xã
HTXNN hợp tác xã nông nghiệp|THT tổ hợp tác|HTXDVNN hợp tác xã dịch vụ nông nghiệp|TDP tổ dân phố
KDC khu dân cư|KTXH kinh tế - xã hội|KT-XH kinh tế - xã hội|VH-XH văn hóa - xã hội
KTNS kinh tế - ngân sách|KTTT kinh tế tập thể|KTS kinh tế số|SXKD sản xuất kinh doanh
SX-KD sản xuất - kinh doanh|SXNN sản xuất nông nghiệp|NN-NT nông nghiệp - nông thôn
TTCN tiểu thủ công nghiệp|CN-TTCN công nghiệp - tiểu thủ công nghiệp|TM-DV thương mại - dịch vụ
TMDV thương mại, dịch vụ|TMĐT thương mại điện tử|KCN khu công nghiệp|CCN cụm công nghiệp
DNNVV doanh nghiệp nhỏ và vừa|DNTN doanh nghiệp tư nhân|TNHH trách nhiệm hữu hạn|MTV một thành viên
NN&MT nông nghiệp và môi trường|NNMT nông nghiệp và môi trường
NN&PTNT nông nghiệp và phát triển nông thôn|NNPTNT nông nghiệp và phát triển nông thôn
TNMT tài nguyên và môi trường|TN&MT tài nguyên và môi trường|VSMT vệ sinh môi trường
BVMT bảo vệ môi trường|VSATTP vệ sinh an toàn thực phẩm|ATTP an toàn thực phẩm
ATVSTP an toàn vệ sinh thực phẩm|BVTV bảo vệ thực vật|TBVTV thuốc bảo vệ thực vật
RTSH rác thải sinh hoạt|CTRSH chất thải rắn sinh hoạt|CTR chất thải rắn|BĐKH biến đổi khí hậu
QLBVR quản lý bảo vệ rừng|KHKT khoa học kỹ thuật|KHCN khoa học và công nghệ
KH&CN khoa học và công nghệ|ĐMST đổi mới sáng tạo|KH&ĐT kế hoạch và đầu tư|KHĐT kế hoạch và đầu tư
TC-KH tài chính - kế hoạch|XDCB xây dựng cơ bản|ĐTC đầu tư công|GTNT giao thông nông thôn
GTVT giao thông vận tải|QLĐB quản lý đường bộ|XĐGN xóa đói giảm nghèo|GNBV giảm nghèo bền vững
VHTT văn hóa - thông tin|VH-TT văn hóa - thông tin|VHTTDL văn hóa, thể thao và du lịch
VH,TT&DL văn hóa, thể thao và du lịch|VHTT&DL văn hóa, thể thao và du lịch|VHXH văn hóa - xã hội
VHVN văn hóa, văn nghệ|VNTT văn nghệ, thể thao|TDTT thể dục thể thao
TDĐKXDĐSVH toàn dân đoàn kết xây dựng đời sống văn hóa|ĐSVH đời sống văn hóa|GĐVH gia đình văn hóa
NSVH nếp sống văn hóa|NVH nhà văn hóa|TTVH trung tâm văn hóa|DSVH di sản văn hóa
"""

_PEOPLE = """
HIV/AIDS hát-i-vê ết|SXH sốt xuất huyết|TCMR tiêm chủng mở rộng|TCM tay chân miệng
DS-KHHGĐ dân số - kế hoạch hóa gia đình|DSKHHGĐ dân số - kế hoạch hóa gia đình
KHHGĐ kế hoạch hóa gia đình|CSSK chăm sóc sức khỏe|CSSKSS chăm sóc sức khỏe sinh sản
SKSS sức khỏe sinh sản|KCB khám chữa bệnh|TYT trạm y tế|TTYT trung tâm y tế|BVĐK bệnh viện đa khoa
KSBT kiểm soát bệnh tật|CDC Trung tâm Kiểm soát bệnh tật|YTDP y tế dự phòng|YHCT y học cổ truyền
BSCKI bác sĩ chuyên khoa một|BSCKII bác sĩ chuyên khoa hai|DTLCP dịch tả lợn châu Phi
LMLM lở mồm long móng|GSGC gia súc, gia cầm|VTYT vật tư y tế|THCS trung học cơ sở
THPT trung học phổ thông|TH&THCS tiểu học và trung học cơ sở|PTDTNT phổ thông dân tộc nội trú
PTDTBT phổ thông dân tộc bán trú|GDĐT giáo dục và đào tạo|GD&ĐT giáo dục và đào tạo
GD-ĐT giáo dục - đào tạo|GDTX giáo dục thường xuyên|GDNN giáo dục nghề nghiệp
GDNN-GDTX giáo dục nghề nghiệp - giáo dục thường xuyên|GDPT giáo dục phổ thông
GDMN giáo dục mầm non|GDTH giáo dục tiểu học|GDQP giáo dục quốc phòng|GDCD giáo dục công dân
XHHT xã hội học tập|HTCĐ học tập cộng đồng|TTHTCĐ trung tâm học tập cộng đồng|SGK sách giáo khoa
HSSV học sinh, sinh viên|HSG học sinh giỏi|GVCN giáo viên chủ nhiệm|CBQL cán bộ quản lý
CMHS cha mẹ học sinh|PHHS phụ huynh học sinh|TNTP thiếu niên tiền phong
TNTPHCM Thiếu niên Tiền phong Hồ Chí Minh|TNCS thanh niên cộng sản
TNCSHCM Thanh niên Cộng sản Hồ Chí Minh|ĐTN đoàn thanh niên|ĐTNCS Đoàn Thanh niên Cộng sản
ĐVTN đoàn viên, thanh niên|ĐVTNTN đoàn viên, thanh thiếu niên|TTN thanh thiếu niên
TNXP thanh niên xung phong|LHTN liên hiệp thanh niên|HLHTN hội liên hiệp thanh niên
CCB cựu chiến binh|HCCB hội cựu chiến binh|HPN hội phụ nữ|LHPN liên hiệp phụ nữ
HLHPN hội liên hiệp phụ nữ|HLHPNVN Hội Liên hiệp Phụ nữ Việt Nam|HVPN hội viên phụ nữ
HND hội nông dân|HNDVN Hội Nông dân Việt Nam|HVND hội viên nông dân|NCT người cao tuổi
HNCT hội người cao tuổi|CTĐ chữ thập đỏ|HCTĐ hội chữ thập đỏ|NKT người khuyết tật
NNCĐDC nạn nhân chất độc da cam|CĐDC chất độc da cam|NCC người có công|TBLS thương binh, liệt sĩ
BTXH bảo trợ xã hội|ASXH an sinh xã hội|TBXH thương binh và xã hội
LĐTBXH lao động - thương binh và xã hội|LĐ-TBXH lao động - thương binh và xã hội
LĐ-TB&XH lao động - thương binh và xã hội|LĐTB&XH lao động - thương binh và xã hội
LĐLĐ liên đoàn lao động|CĐCS công đoàn cơ sở|XKLĐ xuất khẩu lao động|BVTE bảo vệ trẻ em
BVCSTE bảo vệ, chăm sóc trẻ em|VSTBPN vì sự tiến bộ của phụ nữ|BĐG bình đẳng giới
BMVNAH Bà mẹ Việt Nam anh hùng|AHLLVT Anh hùng Lực lượng vũ trang
AHLLVTND Anh hùng Lực lượng vũ trang nhân dân|DTTS dân tộc thiểu số
ĐBDTTS đồng bào dân tộc thiểu số|DTTS&MN dân tộc thiểu số và miền núi|ĐBKK đặc biệt khó khăn
NHCSXH Ngân hàng Chính sách xã hội|CSXH chính sách xã hội|QTDND quỹ tín dụng nhân dân
TK&VV tiết kiệm và vay vốn|HĐNVQS hội đồng nghĩa vụ quân sự|HGCS hòa giải ở cơ sở
NCUT người có uy tín|TTND thanh tra nhân dân|GSĐTCĐ giám sát đầu tư của cộng đồng|CLB câu lạc bộ
PV phóng viên|BTVH bổ túc văn hóa|CTV cộng tác viên|KTTV khí tượng thủy văn|NXB nhà xuất bản
BKS biển kiểm soát|Tel điện thoại|TEL điện thoại|Mobile di động|PM2.5 pê-mờ hai chấm năm
PM10 pê-mờ mười|PT-TH phát thanh - truyền hình|VT văn thư|ĐK đăng ký
STT số thứ tự|ĐVT đơn vị tính|SĐT số điện thoại|SDT số điện thoại
ĐTDĐ điện thoại di động|MST mã số thuế|STK số tài khoản|SHTK số hiệu tài khoản
VLXD vật liệu xây dựng|TSCĐ tài sản cố định|NTTS nuôi trồng thủy sản
TTKDTM thanh toán không dùng tiền mặt|KDTM không dùng tiền mặt|TTKSBT Trung tâm Kiểm soát bệnh tật
TNCN thu nhập cá nhân|TNDN thu nhập doanh nghiệp|GTGT giá trị gia tăng|TTĐB tiêu thụ đặc biệt
SDĐPNN sử dụng đất phi nông nghiệp|PNN phi nông nghiệp|VPĐKĐĐ văn phòng đăng ký đất đai
ĐVHC đơn vị hành chính|AHLS anh hùng, liệt sĩ|TBA trạm biến áp|MBA máy biến áp|SVĐ sân vận động
UBBC Ủy ban Bầu cử|CNTT-VT công nghệ thông tin - viễn thông|BCVT bưu chính, viễn thông
VT-CNTT viễn thông - công nghệ thông tin|HKD hộ kinh doanh|VLVH vừa làm vừa học
TNTHPT tốt nghiệp trung học phổ thông|TP.HCM Thành phố Hồ Chí Minh|TPHCM Thành phố Hồ Chí Minh
TP-HCM Thành phố Hồ Chí Minh|HCM Hồ Chí Minh|VN Việt Nam|VNAH Việt Nam anh hùng
TTXVN Thông tấn xã Việt Nam|ĐCSVN Đảng Cộng sản Việt Nam|ĐCS Đảng Cộng sản
"""

_SHORT_FORMS = """
Đ/c Đồng chí|đ/c đồng chí|Đ/C đồng chí|đ.c đồng chí|Đ.c Đồng chí|Đ.C đồng chí|v/v về việc
V/v Về việc|V/V về việc|v.v... vân vân|v.v.. vân vân|v.v vân vân|v.v. vân vân|vv... vân vân
vv vân vân|k/g kính gửi|K/g Kính gửi|K/G kính gửi|PGS.TS phó giáo sư, tiến sĩ
PGS.TS. phó giáo sư, tiến sĩ|GS.TS giáo sư, tiến sĩ|GS.TS. giáo sư, tiến sĩ|PGS phó giáo sư
PGS. phó giáo sư|GS giáo sư|GS. giáo sư|ThS thạc sĩ|ThS. thạc sĩ|Ths thạc sĩ|Ths. thạc sĩ|BS bác sĩ
BS. bác sĩ|Bs bác sĩ|Bs. bác sĩ|KS. kỹ sư|CN. cử nhân|LS. luật sư|DS. dược sĩ|NSND nghệ sĩ nhân dân
NSƯT nghệ sĩ ưu tú|TS.BS tiến sĩ, bác sĩ|ThS.BS thạc sĩ, bác sĩ|BS.CKI bác sĩ chuyên khoa một
BS.CKII bác sĩ chuyên khoa hai|NGND nhà giáo nhân dân|NGƯT nhà giáo ưu tú|TX. thị xã|Tx. thị xã
Tp thành phố|Tp. thành phố|TP. thành phố|VD ví dụ|Vd ví dụ|vd ví dụ|VD: ví dụ:|tr. trang|Tr. trang
TUQ thừa ủy quyền|TUQ. thừa ủy quyền|TL. thừa lệnh|KT. ký thay|TM. thay mặt|T/M thay mặt
TTrĐU Thường trực Đảng ủy|TTXH trật tự xã hội|s/v so với|cty công ty|Cty công ty|CTY công ty
Cty. công ty|CTCP công ty cổ phần|TGĐ tổng giám đốc|UVBCHTW Ủy viên Ban Chấp hành Trung ương
ÂL âm lịch|ÂL. âm lịch|DL dương lịch|tp thành phố|tx thị xã|ubnd ủy ban nhân dân
hđnd hội đồng nhân dân|UBNDTP Ủy ban nhân dân thành phố|TPHP Thành phố Hải Phòng
TBKL thông báo kết luận|KLTT kết luận thanh tra|NQTW nghị quyết Trung ương
"""


def _table(*blocks: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for block in blocks:
        for entry in block.replace("\n", "|").split("|"):
            if entry:
                short, full = entry.split(" ", 1)
                entries[short] = full
    return entries


ABBREVIATIONS = _table(_STATE_AND_PARTY, _SOCIETY, _PEOPLE, _SHORT_FORMS)
LONGEST_ABBREVIATION = max(map(len, ABBREVIATIONS))
