"""Headers and cell contents as people write them, taken by hand from published sheets; no word list of ours is read.

Some of these words are in no list of the program on purpose, so that a figure over them says something about words
that nobody foresaw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HEADERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "vi": {
        "order": ["STT", "TT", "Stt", "Số TT"],
        "objective": ["Mục tiêu", "Mục tiêu (O)", "OGSM/Mục tiêu Công ty", "MỤC TIÊU", "Muc tieu", "Tên mục tiêu", "Mục tiêu chiến lược"],
        "key_result": ["Kết quả then chốt", "Kết quả chính", "KẾT QUẢ THEN CHỐT (KR)", "Ket qua then chot", "Key Result", "Kết quả then chốt\n(Key Results)"],
        "kpi": ["Chỉ tiêu", "Tên KPI", "Chỉ số", "Nội dung đánh giá", "Chỉ tiêu đánh giá", "Thước đo", "Tiêu chí", "KPI", "Tên chỉ tiêu (KPI)", "Chi tieu", "Tham số"],
        "baseline": ["Giá trị ban đầu", "Kỳ trước", "Đầu kỳ", "Giá trị bắt đầu", "Cùng kỳ", "Thực hiện năm trước", "Số liệu gốc"],
        "target": ["Kế hoạch", "Giá trị mục tiêu", "Mức", "Ke hoach", "Mục tiêu năm", "Kế hoạch năm 2025", "Mục tiêu cần đạt", "Chỉ tiêu giao"],
        "current": ["Thực hiện", "Thực tế", "Đạt được", "Kết quả thực hiện", "Giá trị hiện tại", "Kết quả đạt được", "Thuc hien", "Thực đạt", "Kết quả thực tế đạt được", "Số đạt được"],
        "unit": ["ĐVT", "Đơn vị tính", "Đvt", "Đơn vị đo", "Don vi tinh", "Đơn vị"],
        "weight": ["Trọng số", "Tỷ trọng", "Trọng số (%)", "TS", "Trong so", "T R Ọ N G  S Ố"],
        "owner": ["Người thực hiện", "Người phụ trách", "Phụ trách", "Người chịu trách nhiệm", "Chủ trì", "Người sở hữu", "Họ và tên"],
        "team": ["Phòng ban", "Bộ phận", "Đơn vị", "Khoa/phòng", "Đơn vị/Phòng ban", "Phòng"],
        "due": ["Deadline", "Hạn hoàn thành", "Thời hạn", "Ngày kết thúc", "Hạn chót"],
        "progress": ["% Hoàn thành", "Tỷ lệ hoàn thành", "Tỷ lệ đạt", "% Thực hiện", "Mức độ hoàn thành"],
        "status": ["Trạng thái", "Tình trạng"],
        "frequency": ["Tần suất", "Tần suất (Ngày/tháng/năm)"],
        "score": ["Điểm", "Điểm KPI", "Kết quả (TS*TH)"],
        "notes": ["Ghi chú", "Diễn giải", "Ghi chu"],
        "strange": ["Link Trello", "Mã hồ sơ lưu", "Ngày họp giao ban", "Màu sắc"],
    },
    "en": {
        "order": ["No.", "#", "S/N", "No"],
        "objective": ["Objective", "Goal", "Strategy Pursued", "Business Objective", "Objectives", "OBJECTIVE", "Strategic Objective"],
        "key_result": ["Key Result", "Key Results", "Key Result(s)", "keyResultName", "success_measure", "KR", "K E Y  R E S U L T"],
        "kpi": ["KPI", "Measure", "Indicator", "Success Indicator", "Metric", "KPI Name", "measurment", "Key Performance Indicator", "Yardstick"],
        "baseline": ["Baseline", "Base", "Start Value", "initialValue", "PY", "Starting level"],
        "target": ["Target", "Target Value", "Plan", "Target Performance", "Benchmark/Goal", "Target 2025", '"Target"', "Annual target"],
        "current": ["Actual", "Current", "Current Value", "Result", "Achieved (b)", "Actual YTD value", "Current  value ", "Real"],
        "unit": ["Unit", "Units", "UoM", "Unit of measure"],
        "weight": ["Weight", "Weight (a)", "Weight (out of 100)", "Weightage", "Weighting"],
        "owner": ["Owner", "Assigned to", "Main PIC", "Responsible", "Owner / Người phụ trách", "DRI", "Point person"],
        "team": ["Team", "Dept.", "Department", "Function", "Business Unit"],
        "due": ["Due date", "Until_Date", "Deadline", "End date"],
        "progress": ["Progress", "% to Goal", "Achieved [%]", "Progress_Pct", "% complete"],
        "status": ["Status", "RAG", "Status (R/A/G)"],
        "frequency": ["Freq.", "Frequency"],
        "score": ["Score", "Weighted Score", "EV"],
        "notes": ["Notes", "Remarks", "Comments"],
        "strange": ["Jira epic", "Colour code", "Slack channel", "Meeting day"],
    },
    "zh": {
        "order": ["序号"], "objective": ["目标", "目标名称", "目标(O)"], "key_result": ["关键结果", "关键结果(KRs)"],
        "kpi": ["考核指标", "指标", "指标名称"], "baseline": ["基線值", "基线值"], "target": ["目标值", "年度目标值"],
        "current": ["实际", "实际完成", "当前值"], "unit": ["单位", "單位"], "weight": ["权重", "权重(%)"],
        "owner": ["负责人", "主要责任人", "责任人"], "team": ["部门", "责任部门"], "due": ["截止日期", "预计完成时间"],
        "progress": ["完成进度", "达成率"], "status": ["状态"], "frequency": ["频率"], "score": ["得分", "评分"],
        "notes": ["备注"], "strange": ["更新人签章"],
    },
    "pt": {
        "order": ["Nº"], "objective": ["Objetivo", "Objetivo estratégico"], "key_result": ["Resultado-chave", "Resultados-Chave(s)"],
        "kpi": ["Indicador", "Métrica"], "baseline": ["Linha de base", "Valor inicial"], "target": ["Meta", "Meta 2025"],
        "current": ["Realizado", "Atual"], "unit": ["Unidade", "Unidade de medida"], "weight": ["Peso", "Peso (%)"],
        "owner": ["Responsável"], "team": ["Área", "Departamento"], "due": ["Prazo"], "progress": ["% Atingido", "Progresso"],
        "status": ["Status", "Situação"], "frequency": ["Periodicidade"], "score": ["Nota"], "notes": ["Observações"], "strange": ["Cor"],
    },
    "es": {
        "order": ["N°"], "objective": ["Objetivo", "Objetivo estratégico"], "key_result": ["Resultado clave", "Resultados clave"],
        "kpi": ["Indicador", "Nombre del indicador"], "baseline": ["Línea base", "Inicio"], "target": ["Meta", "Valor objetivo"],
        "current": ["Real", "Valor actual", "Logrado"], "unit": ["Unidad de medida", "Unidad"], "weight": ["Peso", "Ponderación"],
        "owner": ["Responsable"], "team": ["Área", "Departamento"], "due": ["Fecha límite"], "progress": ["% Avance", "Cumplimiento (%)"],
        "status": ["Estado"], "frequency": ["Periodicidad"], "score": ["Puntaje"], "notes": ["Comentarios"], "strange": ["Color"],
    },
    "fr": {
        "order": ["N°"], "objective": ["Objectif", "Objectif stratégique"], "key_result": ["Résultat clé", "Résultats clés"],
        "kpi": ["Indicateur", "Indicateur de performance"], "baseline": ["Valeur de départ", "Valeur initiale"],
        "target": ["Cible", "Valeur cible"], "current": ["Réalisé", "Valeur actuelle"], "unit": ["Unité", "Unité de mesure"],
        "weight": ["Poids", "Pondération"], "owner": ["Responsable", "Pilote"], "team": ["Service", "Équipe"], "due": ["Échéance"],
        "progress": ["Avancement", "Taux de réalisation"], "status": ["Statut"], "frequency": ["Fréquence"], "score": ["Note"],
        "notes": ["Commentaires"], "strange": ["Couleur"],
    },
    "de": {
        "order": ["Nr."], "objective": ["Ziel", "Strategisches Ziel"], "key_result": ["Schlüsselergebnis", "Schlüsselergebnisse"],
        "kpi": ["Kennzahl", "Messgröße"], "baseline": ["Ausgangswert", "Startwert"], "target": ["Zielwert", "Soll"],
        "current": ["Ist", "Istwert", "Aktueller Wert"], "unit": ["Einheit", "Maßeinheit"], "weight": ["Gewichtung", "Gewicht"],
        "owner": ["Verantwortlich", "Verantwortlicher"], "team": ["Abteilung", "Bereich"], "due": ["Frist", "Fällig am"],
        "progress": ["Fortschritt", "Zielerreichung (%)"], "status": ["Status", "Ampel"], "frequency": ["Häufigkeit"],
        "score": ["Punkte"], "notes": ["Bemerkungen"], "strange": ["Farbe"],
    },
    "ru": {
        "order": ["№ п/п"], "objective": ["Цель"], "key_result": ["Ключевой результат", "Критерии успешности"], "kpi": ["Показатель", "Наименование показателя"],
        "baseline": ["Базовое значение", "Начальное значение"], "target": ["План", "Целевое значение"], "current": ["Факт", "Текущее значение"],
        "unit": ["Ед. изм.", "Единица измерения"], "weight": ["Вес, %", "Вес"], "owner": ["Ответственный", "ФИО"], "team": ["Подразделение", "Отдел"],
        "due": ["Срок"], "progress": ["% выполнения", "Прогресс"], "status": ["Статус"], "frequency": ["Периодичность"], "score": ["Оценка"],
        "notes": ["Комментарий"], "strange": ["Цвет"],
    },
    "tr": {
        "order": ["Sıra No"], "objective": ["Stratejik Amaç", "Amaç"], "key_result": ["Stratejik Hedef", "Anahtar Sonuç"], "kpi": ["İlgili KPI", "Performans Göstergesi"],
        "baseline": ["Başlangıç Değeri"], "target": ["Hedef", "Beklenen"], "current": ["Gerçekleşen"], "unit": ["Birim", "Ölçü Birimi"],
        "weight": ["Ağırlık", "Ağırlık (%)"], "owner": ["Sahibi", "Sorumlu"], "team": ["Departman", "Birim"], "due": ["Termin", "Bitiş Tarihi"],
        "progress": ["İlerleme", "Gerçekleşme Oranı"], "status": ["Durum"], "frequency": ["Sıklık"], "score": ["Puan"], "notes": ["Açıklama"], "strange": ["Renk"],
    },
    "ja": {
        "order": ["番号"], "objective": ["目標", "戦略目標"], "key_result": ["主要な結果", "成果指標"], "kpi": ["指標", "評価指標", "KPI"], "baseline": ["基準値"],
        "target": ["目標値"], "current": ["実績", "実績値"], "unit": ["単位"], "weight": ["ウェイト", "比重"], "owner": ["担当者", "責任者"], "team": ["部署", "部門"],
        "due": ["期限", "期日"], "progress": ["進捗率", "達成率"], "status": ["ステータス"], "frequency": ["頻度"], "score": ["スコア"], "notes": ["備考"], "strange": ["色"],
    },
    "ko": {
        "order": ["번호"], "objective": ["목표", "전략목표"], "key_result": ["핵심결과", "핵심 결과"], "kpi": ["성과지표", "지표명"], "baseline": ["기준값"],
        "target": ["목표값", "목표치"], "current": ["실적", "현재값"], "unit": ["단위"], "weight": ["가중치", "비중"], "owner": ["담당자"], "team": ["부서", "팀"],
        "due": ["마감일", "기한"], "progress": ["달성률", "진행률"], "status": ["상태"], "frequency": ["주기"], "score": ["점수"], "notes": ["비고"], "strange": ["색상"],
    },
}  # fmt: skip

GOALS: Mapping[str, Sequence[str]] = {
    "vi": ["Tăng trưởng doanh thu bền vững", "Nâng cao trải nghiệm khách hàng", "Xây dựng đội ngũ vững mạnh"],
    "en": ["Grow sustainable revenue", "Delight our customers", "Build a strong team"],
    "zh": ["实现收入可持续增长", "提升客户满意度体验", "打造高效的团队"],
    "pt": ["Crescer a receita de forma sustentável", "Encantar os clientes", "Formar um time forte"],
    "es": ["Crecer los ingresos de forma sostenible", "Deleitar a los clientes", "Formar un equipo fuerte"],
    "fr": ["Accroître durablement le chiffre d'affaires", "Ravir nos clients", "Bâtir une équipe solide"],
    "de": ["Umsatz nachhaltig steigern", "Kunden begeistern", "Ein starkes Team aufbauen"],
    "ru": ["Обеспечить устойчивый рост выручки", "Радовать клиентов", "Собрать сильную команду"],
    "tr": ["Geliri sürdürülebilir büyütmek", "Müşterileri memnun etmek", "Güçlü bir ekip kurmak"],
    "ja": ["持続的な売上成長を実現する", "顧客体験を向上させる", "強いチームを作る"],
    "ko": ["지속 가능한 매출 성장 달성", "고객 경험을 향상시킨다", "강한 팀을 만든다"],
}
MEASURES: Mapping[str, Sequence[str]] = {
    "vi": ["Doanh thu thuần đạt kế hoạch", "Số khách hàng mới ký hợp đồng", "Tỷ lệ giao hàng đúng hẹn", "Điểm hài lòng của khách hàng", "Tuyển đủ nhân viên kinh doanh", "Giảm tỷ lệ nghỉ việc"],
    "en": ["Net revenue reaches the plan", "New customers under contract", "Orders delivered on time", "Customer satisfaction score", "Sales people hired", "Reduce staff turnover"],
    "zh": ["净收入达到计划水平", "新签约客户数量达标", "订单准时交付率提高", "客户满意度评分提升", "完成销售人员招聘", "降低员工流失率"],
    "pt": ["Receita líquida conforme o plano", "Novos clientes com contrato", "Pedidos entregues no prazo", "Satisfação dos clientes medida", "Vendedores contratados no ano", "Reduzir a rotatividade"],
    "es": ["Ingresos netos según el plan", "Nuevos clientes con contrato", "Pedidos entregados a tiempo", "Satisfacción de los clientes medida", "Vendedores contratados en el año", "Reducir la rotación"],
    "fr": ["Chiffre d'affaires net conforme au plan", "Nouveaux clients sous contrat", "Commandes livrées à l'heure", "Satisfaction des clients mesurée", "Vendeurs recrutés dans l'année", "Réduire le turnover"],
    "de": ["Nettoumsatz erreicht den Plan", "Neue Kunden unter Vertrag", "Pünktlich gelieferte Aufträge", "Zufriedenheit der Kunden gemessen", "Eingestellte Verkäufer im Jahr", "Fluktuation senken"],
    "ru": ["Чистая выручка достигает плана", "Новые клиенты с договором", "Заказы доставлены вовремя", "Удовлетворенность клиентов измерена", "Наняты продавцы за год", "Снизить текучесть кадров"],
    "tr": ["Net gelir plana ulaşır", "Sözleşmeli yeni müşteri sayısı", "Zamanında teslim edilen siparişler", "Ölçülen müşteri memnuniyeti", "İşe alınan satış elemanları", "Personel devrini azaltmak"],
    "ja": ["純売上高が計画に達する", "新規契約の顧客数を増やす", "注文を期日通りに納品する", "顧客満足度の点数を上げる", "営業担当者を採用する", "離職率を下げる"],
    "ko": ["순매출이 계획에 도달한다", "신규 계약 고객 수 증가", "주문을 제때 배송한다", "고객 만족도 점수 향상", "영업 인력을 채용한다", "이직률을 낮춘다"],
}
PEOPLE: Mapping[str, Sequence[str]] = {
    "vi": ["Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Nam", "Phạm Thu Hà"],
    "en": ["Alice Brown", "John Smith", "Maria Garcia", "Wei Chen"],
    "zh": ["张伟", "王芳", "李娜", "刘洋"],
    "ja": ["佐藤健", "鈴木花子", "高橋誠", "田中愛"],
    "ko": ["김민수", "이서연", "박지훈", "최유진"],
    "ru": ["Иван Петров", "Анна Смирнова", "Олег Кузнецов", "Мария Попова"],
}
TEAMS: Mapping[str, Sequence[str]] = {
    "vi": ["Phòng Kinh doanh", "Phòng Nhân sự", "Kế toán", "Phòng Kỹ thuật"],
    "en": ["Sales", "Marketing", "Finance", "Operations"],
    "zh": ["销售部", "市场部", "财务部", "技术部"],
    "ja": ["営業部", "人事部", "経理部", "開発部"],
    "ko": ["영업팀", "인사팀", "개발팀", "기획팀"],
    "ru": ["Отдел продаж", "Маркетинг", "Бухгалтерия", "Отдел кадров"],
}
UNITS: Mapping[str, Sequence[str]] = {
    "vi": ["triệu đồng", "%", "người", "đơn hàng", "điểm"],
    "en": ["USD", "%", "people", "orders", "points"],
    "zh": ["万元", "%", "人", "个", "次"],
    "ja": ["円", "%", "人", "件", "点"],
    "ko": ["원", "%", "명", "건", "점"],
    "ru": ["руб.", "%", "чел.", "шт.", "баллов"],
}
TITLES: Mapping[str, Sequence[str]] = {
    "vi": ["BẢNG MỤC TIÊU VÀ KẾT QUẢ THEN CHỐT QUÝ 4/2025", "BẢNG ĐÁNH GIÁ THỰC HIỆN CÔNG VIỆC", "KPI NĂM 2025"],
    "en": ["Company OKRs Q4 2025", "KPI scorecard 2025", "Performance plan"],
}
