"""Words of the field in eleven languages, from which texts for measuring are made. They mean nothing together."""

from __future__ import annotations

_WORDS = {
    "en": """
        social protection insurance unemployment pension worker benefit health maternity injury
        employment family coverage contribution fund scheme informal economy region country law
        reform policy finance budget cash transfer household child elderly disability migrant
        service delivery registry office training employer income security assessment actuarial
        report visit practice lesson evidence cost population province village digital payment
    """,
    "id": """
        jaminan sosial perlindungan pengangguran pensiun pekerja manfaat kesehatan persalinan
        kecelakaan kerja keluarga cakupan iuran dana program informal ekonomi wilayah negara hukum
        reformasi kebijakan keuangan anggaran tunai bantuan rumah anak lansia disabilitas migran
        layanan pendaftaran kantor pelatihan pemberi penghasilan laporan kunjungan desa
    """,
    "ms": """
        keselamatan sosial perlindungan pengangguran pencen pekerja faedah kesihatan bersalin
        kemalangan keluarga liputan caruman kumpulan wang skim tidak formal ekonomi wilayah negara
        undang pembaharuan dasar kewangan belanjawan tunai bantuan isi rumah kanak warga emas kurang
        upaya pendatang perkhidmatan pendaftaran pejabat latihan majikan laporan
    """,
    "th": """
        ประกัน สังคม การ คุ้มครอง ว่างงาน บำนาญ แรงงาน ประโยชน์ สุขภาพ คลอดบุตร บาดเจ็บ จ้างงาน
        ครอบครัว เงิน สมทบ กองทุน โครงการ นอกระบบ เศรษฐกิจ ภูมิภาค ประเทศ กฎหมาย ปฏิรูป นโยบาย
        งบประมาณ ช่วยเหลือ ครัวเรือน เด็ก ผู้สูงอายุ พิการ บริการ ทะเบียน สำนักงาน ฝึกอบรม นายจ้าง
        รายได้ รายงาน ศึกษา ดูงาน บทเรียน จังหวัด หมู่บ้าน ดิจิทัล
    """,
    "vi": """
        bảo hiểm xã hội thất nghiệp hưu trí người lao động trợ cấp sức khỏe thai sản tai nạn việc
        làm gia đình phạm vi đóng góp quỹ chế độ phi chính thức kinh tế khu vực quốc gia pháp luật
        cải cách chính sách tài chính ngân sách tiền mặt hộ trẻ em cao tuổi khuyết tật di cư dịch vụ
        đăng ký văn phòng đào tạo thu nhập báo cáo bài học tỉnh làng
    """,
    "km": """
        សន្តិសុខ សង្គម ការពារ ធានា និកម្មភាព សោធន កម្មករ អត្ថប្រយោជន៍ សុខភាព មាតុភាព គ្រោះថ្នាក់
        ការងារ គ្រួសារ វិភាគទាន មូលនិធិ របប សេដ្ឋកិច្ច តំបន់ ប្រទេស ច្បាប់ កំណែទម្រង់ គោលនយោបាយ
        ហិរញ្ញវត្ថុ ថវិកា ជំនួយ គ្រួសារ កុមារ ចាស់ជរា ពិការ សេវា ចុះបញ្ជី ការិយាល័យ បណ្តុះបណ្តាល
        និយោជក ចំណូល របាយការណ៍ ទស្សនកិច្ច មេរៀន ខេត្ត ភូមិ
    """,
    "lo": """
        ປະກັນ ສັງຄົມ ການ ປົກປ້ອງ ຫວ່າງງານ ບໍານານ ແຮງງານ ຜົນປະໂຫຍດ ສຸຂະພາບ ເກີດລູກ ອຸບັດຕິເຫດ ຄອບຄົວ
        ສົມທົບ ກອງທຶນ ໂຄງການ ເສດຖະກິດ ພາກພື້ນ ປະເທດ ກົດໝາຍ ປະຕິຮູບ ນະໂຍບາຍ ການເງິນ ງົບປະມານ
        ຊ່ວຍເຫຼືອ ຄົວເຮືອນ ເດັກ ຜູ້ສູງອາຍຸ ພິການ ບໍລິການ ລົງທະບຽນ ຫ້ອງການ ຝຶກອົບຮົມ ນາຍຈ້າງ ລາຍຮັບ
        ບົດລາຍງານ ທັດສະນະສຶກສາ ບົດຮຽນ ແຂວງ ບ້ານ
    """,
    "my": """
        လူမှုဖူလုံရေး ကာကွယ် အာမခံ အလုပ်လက်မဲ့ ပင်စင် အလုပ်သမား ခံစားခွင့် ကျန်းမာရေး မီးဖွား
        ထိခိုက် အလုပ်အကိုင် မိသားစု ထည့်ဝင် ရန်ပုံငွေ အစီအစဉ် စီးပွားရေး ဒေသ နိုင်ငံ ဥပဒေ
        ပြုပြင်ပြောင်းလဲ မူဝါဒ ဘဏ္ဍာရေး ဘတ်ဂျက် ထောက်ပံ့ အိမ်ထောင်စု ကလေး သက်ကြီး မသန်စွမ်း
        ဝန်ဆောင်မှု မှတ်ပုံတင် ရုံး သင်တန်း အလုပ်ရှင် ဝင်ငွေ အစီရင်ခံစာ လေ့လာ သင်ခန်းစာ ပြည်နယ်
        ကျေးရွာ
    """,
    "fil": """
        panlipunan proteksyon seguro kawalan trabaho pensyon manggagawa benepisyo kalusugan
        panganganak pinsala pamilya saklaw kontribusyon pondo programa impormal ekonomiya rehiyon
        bansa batas reporma patakaran pananalapi badyet salapi tulong sambahayan bata matatanda
        kapansanan migrante serbisyo pagpapatala tanggapan pagsasanay kita ulat pagbisita aral baryo
    """,
    "zh-hans": """
        社会 保护 保险 失业 养老金 工人 待遇 健康 生育 工伤 就业 家庭 覆盖 缴费 基金
        计划 非正规 经济 地区 国家 法律 改革 政策 财政 预算 现金 援助 住户 儿童 老年人
        残疾 移民 服务 登记 办公室 培训 雇主 收入 报告 考察 经验 证据 成本 人口 省 村庄 数字
    """,
    "pt": """
        proteção social seguro desemprego pensão trabalhador benefício saúde maternidade acidente
        trabalho família cobertura contribuição fundo regime informal economia região país lei
        reforma política finanças orçamento dinheiro apoio agregado criança idosos deficiência
        migrante serviço registo escritório formação empregador rendimento relatório visita aldeia
    """,
}

WORDS: dict[str, tuple[str, ...]] = {language: tuple(words.split()) for language, words in _WORDS.items()}

WITHOUT_SPACES = frozenset({"th", "km", "lo", "my", "zh-hans"})
