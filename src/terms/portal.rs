//! The words of a portal's page around a report: its header table, its trail of links, its foot.

/// Names of fields in the header of a page, each followed by its value.
pub const LABELS: &[&str] = &[
    "索引号",
    "索引编号",
    "信息索引号",
    "发文字号",
    "文号",
    "发文文号",
    "文件编号",
    "公文字号",
    "发布机构",
    "发文机关",
    "发文单位",
    "发布单位",
    "公开单位",
    "公开机构",
    "公开主体",
    "发布机关",
    "信息来源",
    "来源",
    "责任单位",
    "发布日期",
    "发布时间",
    "公开日期",
    "公开时间",
    "公布日期",
    "公布时间",
    "成文日期",
    "发文日期",
    "生成日期",
    "印发日期",
    "标题",
    "名称",
    "信息名称",
    "文件名称",
    "公文名称",
    "主题分类",
    "信息分类",
    "组配分类",
    "体裁分类",
    "服务对象",
    "公文种类",
    "主题词",
    "关键词",
    "有效性",
    "公开方式",
    "公开形式",
    "公开时限",
    "公开范围",
    "内容概述",
    "信息状态",
];

/// Beginnings of the line that tells where on the site a page stands.
pub const TRAILS: &[&str] = &[
    "当前位置",
    "您当前的位置",
    "您当前位置",
    "当前所在位置",
    "您现在的位置",
    "你现在的位置",
    "您的位置",
    "您所在的位置",
    "您所在位置",
    "所在位置",
    "现在位置",
    "你的位置",
    "首页>",
    "首页»",
    "首页›",
    "网站首页>",
];

/// Words of which one stands in the lines at the foot of a site and never in a report.
pub const FEET: &[&str] = &["版权所有", "ICP备", "公网安备", "网站标识码", "Copyright", "copyright", "©"];

/// The line that a page's meta tags become, in the order in which they are written, each with the label put before it.
pub const METAS: &[(&str, &str)] = &[("articletitle", ""), ("pubdate", "发布日期："), ("contentsource", "来源：")];

/// Behind a label.
pub const COLONS: &[char] = &['：', ':'];

/// Names of fields that hold the text of a report in a collection of texts, the likeliest first.
pub const TEXT_FIELDS: &[&str] = &["text", "content", "正文", "raw_text", "body", "内容", "全文"];
