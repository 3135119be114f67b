"""Units: by which rules they are sent, and how crews hold out."""

from __future__ import annotations

from sim.spec.registry.base import choice, factor, number

DISPATCH = (
    choice(
        "dispatch.units",
        ("nearest", "run_card"),
        "派哪支力量：nearest 就近（按当前位置），run_card 固定顺序（任务名单，其次按驻地远近）",
        "which idle unit goes: nearest from where it is now; run_card by a fixed order (a list, else the nearest base)",
        "nearest idle unit: common practice of dispatch centers; recalled",
    ),
    choice(
        "dispatch.queue",
        ("first_come", "severity"),
        "多项任务等待力量时先派哪项：first_come 先到先派，severity 按已知伤员数先重后轻",
        "which waiting task is served first: first_come, or severity by how many are known to be hurt there",
        "guess; set it to what your dispatch center does",
    ),
)

ORDER = (
    number(
        "hospital.crowding",
        "x",
        1.3,
        1.0,
        10.0,
        "医院、安置点门前聚集而无警察维持秩序时，交接伤员和登记时间的最大倍数",
        "largest factor on handing patients over and on registration where people crowd and no police keep order",
    ),
    number(
        "relatives.per_patient",
        "persons",
        3.0,
        0.0,
        30.0,
        "每名伤员前来医院的家属人数",
        "relatives who follow each patient to the hospital, or look for each person whom nobody can name",
    ),
    number(
        "shelter.registration",
        "per min",
        20.0,
        0.1,
        1000.0,
        "安置点每分钟可登记的人数",
        "people whom the clerks of a shelter enter on its list in a minute",
    ),
    number(
        "families.calls",
        "per h",
        0.5,
        0.0,
        20.0,
        "每名身份不明者的家属每小时打来询问的电话数",
        "calls in an hour by the family of each person whom nobody can name",
    ),
    number(
        "aid.calming",
        "share",
        0.05,
        0.0,
        0.5,
        "聚集者都得到心理援助时，群众焦虑下降的幅度",
        "by how much fear is lower once all who gathered have had psychological first aid",
        "assumption: experts recommend it (WHO 2011, recalled), but reviews found no studies that show what it does "
        "(Dieltjens and others 2014, PLoS ONE 9(12) e114714)",
    ),
    choice(
        "routes.shared",
        ("off", "on"),
        "各部门队伍发现的断路是否经交通部门通报其他部门",
        "whether blocked roads that a crew finds are passed on to other departments through transport",
        "off: each department knows what its own crews met; a guess",
    ),
)

TRAFFIC = (
    number(
        "traffic.directed",
        "x",
        1.3,
        1.0,
        2.0,
        "交警疏导的路口，所连各路通行能力的倍数",
        "factor on what roads carry that meet where police direct traffic",
        "one lane turned around: 3,900 vehicles/h where it was 3,000 (FEMA hurricane study of 2000, recalled). A guess "
        "for ordinary junctions: simulations of manual control found no gain in the country, a loss in dense towns "
        "(Transportation Research Record 2020, pp. 809-819, abstract read); 1 = that finding",
    ),
    number(
        "traffic.let_through",
        "share",
        0.5,
        0.0,
        1.0,
        "有交警疏导或警车护送时，救援车辆和车队仍须承受的拥堵延误比例",
        "share of the delay by traffic left for responders where police direct it, and for vehicles behind an escort",
    ),
    number(
        "convoy.patience",
        "min",
        15.0,
        0.0,
        240.0,
        "车队集结后等候警车护送和其他车辆的最长时间",
        "how long vehicles that have met wait at most for an escort and for each other",
    ),
)

CREWS = (
    number(
        "units.endurance",
        "h",
        8.0,
        0.5,
        72.0,
        "队伍连续作业多久必须休整或轮换（县文件未注明者）",
        "how long a crew can be out before it must rest or be relieved, where the county file does not say",
    ),
    number(
        "units.rest",
        "h",
        4.0,
        0.1,
        48.0,
        "队伍休整恢复（或轮换队伍接替）所需时间",
        "how long until a crew that must rest is fresh again, or its relief has come",
    ),
    number(
        "units.fatigue",
        "share per h",
        0.05,
        0.0,
        1.0,
        "连续作业满四小时后，每多一小时作业时间和差错增加的比例",
        "share by which each hour out beyond the fourth lengthens a crew's work and adds to its mistakes",
    ),
    factor(
        "units.part_time_factor",
        "兼职队伍作业时间的倍数",
        "factor on the time that part-time teams take for their work",
        "guess; set it to what your county measures",
    )._replace(default=1.2, low=0.1),
    number(
        "units.equipment",
        "share",
        1.0,
        0.0,
        1.0,
        "搜救侦察装备的完好率",
        "share of the equipment for search and reconnaissance that works",
        "1 = all that the county file lists",
    ),
    number(
        "units.air",
        "min",
        45.0,
        5.0,
        480.0,
        "空气呼吸器一瓶气可用时间（县文件未注明者）",
        "how long the air of a protected crew lasts, where the county file does not say",
        "a 6.8 l cylinder at 30 MPa holds 34 to 51 min at 40 to 60 l/min; recalled",
    ),
    number(
        "units.air_change",
        "min",
        6.0,
        0.0,
        120.0,
        "退出换气瓶再进入所需时间",
        "how long a crew takes to go out, change cylinders and come back",
    ),
)

WELFARE = (
    number(
        "staff.shift",
        "h",
        12.0,
        2.0,
        72.0,
        "值班人员每班时长（自白班开始时刻起轮换）",
        "length of a shift of duty staff; shifts follow each other from the beginning of the day watch",
    ),
    choice(
        "staff.meals",
        ("on", "off"),
        "值班人员用餐和间歇有无保障（无保障时值守时间按 1.5 倍计疲劳）",
        "whether duty staff get meals and breaks; without them hours on duty count one and a half times",
        "guess; set it to what your county does",
    ),
    number(
        "staff.fatigue",
        "share per h",
        0.05,
        0.0,
        1.0,
        "值守满八小时后，每多一小时思考时间增加的比例",
        "share by which each hour on duty beyond the eighth lengthens the thinking of duty staff",
    ),
)
