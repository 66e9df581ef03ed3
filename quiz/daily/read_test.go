package daily_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/content/language"
	"summitquiz/quiz/daily"
)

func TestTimesAsPeopleTypeThem(t *testing.T) {
	for want, texts := range map[string][]string{
		"09:00": {"9", "09", "9:00", "09:00", "9h", "9 am", "9AM", "9 a.m.", "9.00", "at 9", "9 o'clock", "nine", "nine o'clock in the morning",
			"0900", "٩", "٩ ص",
			"الساعة 9", "الساعة التاسعة", "التاسعة صباحًا", "9 صباحا", "9시", "오전 9시", "아침 아홉시", "아홉 시", "9点", "上午九点", "早上9点", "上午9:00", "九点",
			"九点整", "9時", "９：００"},
		"09:30": {"9:30", "09:30", "9.30", "9h30", "930", "9 30", "half past nine", "Half past 9", "nine thirty", "٩:٣٠", "٩:٣٠ ص",
			"التاسعة والنصف", "التاسعة والنصف صباحا",
			"9시 반", "9시반", "오전 9시 30분", "아홉시 반", "아홉시 삼십분", "九点半", "上午九点半", "9点30分", "9点30", "早上九点三十分", "09:30:00"},
		"21:00": {"21", "9pm", "9 PM", "9 p.m.", "21:00", "nine in the evening", "nine pm", "٩ م", "9 مساء", "التاسعة مساءً", "التاسعة ليلا",
			"오후 9시", "밤 9시", "저녁 아홉 시", "晚上九点", "下午9点", "二十一点", "晚上9:00", "PM 9:00"},
		"21:30": {"9:30 pm", "21:30", "2130", "half past nine pm", "٩:٣٠ م", "٩:٣٠ مساءً", "التاسعة والنصف مساء", "오후 9시 반", "밤 9시 30분",
			"晚上九点半", "21点30分", "nine thirty in the evening"},
		"09:15": {"quarter past nine", "a quarter past 9", "التاسعة والربع", "九点一刻", "9시 15분", "nine fifteen"},
		"08:45": {"quarter to nine", "التاسعة إلا ربعا", "التاسعة إلا الربع", "8:45", "八点三刻", "9시 15분 전"},
		"08:50": {"ten to nine", "9시 10분 전", "التاسعة إلا عشر دقائق"},
		"09:20": {"twenty past nine", "التاسعة والثلث"},
		"09:25": {"twenty five past nine", "nine twenty five", "九点二十五分"},
		"12:00": {"12", "noon", "midday", "12 pm", "12 noon", "정오", "낮 12시", "中午", "中午12点", "正午", "الظهر", "12 ظهرا", "الثانية عشرة ظهرا"},
		"00:00": {"0", "00:00", "24:00", "midnight", "12 am", "12 at night", "자정", "밤 12시", "午夜", "منتصف الليل", "晚上12点", "12 ليلا"},
		"01:00": {"1 am", "새벽 1시", "凌晨一点", "밤 1시", "الواحدة ليلا"},
		"13:00": {"1 pm", "낮 1시", "中午一点", "الواحدة ظهرا", "오후 1시", "13", "1 بعد الظهر"},
		"23:59": {"23:59", "11:59 pm", "11.59 PM"},
		"18:00": {"6 pm", "six in the evening", "السادسة مساء", "저녁 6시", "傍晚六点", "18시"},
	} {
		for _, text := range texts {
			if got, err := daily.ReadTime(text); err != nil || got.String() != want {
				t.Errorf("ReadTime(%q) = %s, %v, want %s", text, got, err, want)
			}
		}
	}
}

func TestWhatIsNoTime(t *testing.T) {
	for text, want := range map[string]string{
		"":                          `"" is not a time of day: write it like 21:30 or 9:30 pm`,
		"25:00":                     `"25:00" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"25":                        `"25" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"9:60":                      `"9:60" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"24:30":                     `"24:30" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"13 am":                     `"13 am" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"2561":                      `"2561" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"٢٥:٠٠":                     `"٢٥:٠٠" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"오전 13시":                    `"오전 13시" is not a time that a clock shows: write one from 00:00 to 23:59, such as 21:30`,
		"soon":                      `"soon" is not a time of day: write it like 21:30 or 9:30 pm`,
		"9 am pm":                   `"9 am pm" is not a time of day: write it like 21:30 or 9:30 pm`,
		"in the morning":            `"in the morning" is not a time of day: write it like 21:30 or 9:30 pm`,
		"9 apples":                  `"9 apples" is not a time of day: write it like 21:30 or 9:30 pm`,
		"-9":                        `"-9" is not a time of day: write it like 21:30 or 9:30 pm`,
		"12345":                     `"12345" is not a time of day: write it like 21:30 or 9:30 pm`,
		"9:30:":                     "",
		"half past":                 `"half past" is not a time of day: write it like 21:30 or 9:30 pm`,
		strings.Repeat("9", 10_000): `"` + strings.Repeat("9", 40) + `…" is not a time of day: write it like 21:30 or 9:30 pm`,
	} {
		got, err := daily.ReadTime(text)
		var wrong *daily.TimeError
		if want == "" {
			if err != nil {
				t.Errorf("ReadTime(%q) = %v", text, err)
			}
		} else if !errors.As(err, &wrong) || err.Error() != want {
			t.Errorf("ReadTime(%.40q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestDaysAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		want  daily.Weekdays
		texts []string
	}{
		{daily.EveryDay, []string{"every day", "daily", "Everyday", "mon-sun", "sun - sat", "كل يوم", "يوميًا", "매일", "每天", "周一到周日", "월~일"}},
		{daily.MondayToFriday, []string{"mon-fri", "Mon–Fri", "monday to friday", "from Monday to Friday", "weekdays",
			"mon, tue, wed, thu and fri", "من الاثنين إلى الجمعة", "평일",
			"월-금", "월요일부터 금요일까지", "월화수목금", "工作日", "周一到周五", "星期一至星期五", "周一、周二、周三、周四、周五", "一二三四五"}},
		{daily.SundayToThursday, []string{"sun-thu", "Sunday through Thursday", "الأحد إلى الخميس", "من الأحد إلى الخميس",
			"من الاحد حتى الخميس", "أيام العمل", "일~목", "周日到周四"}},
		{daily.SaturdaySunday, []string{"weekend", "weekends", "sat, sun", "Sat+Sun", "sat-sun", "السبت والأحد", "주말", "토일", "토요일, 일요일", "周末",
			"周六和周日", "周六日"}},
		{daily.FridaySaturday, []string{"fri-sat", "نهاية الأسبوع", "الجمعة والسبت", "금토"}},
		{1<<time.Monday | 1<<time.Wednesday | 1<<time.Friday, []string{"mon wed fri", "Mon/Wed/Fri", "الاثنين، الأربعاء، الجمعة",
			"الاثنين والأربعاء والجمعة", "월수금", "월, 수, 금", "周一三五", "每周一、三、五"}},
		{1 << time.Tuesday, []string{"tuesdays", "on Tuesday", "الثلاثاء", "يوم الثلاثاء", "كل ثلاثاء", "화요일", "화요일마다", "星期二", "礼拜二"}},
		{1<<time.Friday | 1<<time.Saturday | 1<<time.Sunday | 1<<time.Monday, []string{"fri-mon", "금~월", "周五到周一"}},
	} {
		for _, text := range c.texts {
			if got, err := daily.ReadWeekdays(text); err != nil || got != c.want {
				t.Errorf("ReadWeekdays(%q) = %v, %v, want %v", text, got.List(), err, c.want.List())
			}
		}
	}
	for _, text := range []string{"", "someday", "mon - - -x", "to fri", "mon to", "mon someday", "and", "moon", "32", strings.Repeat("mon ", 500)} {
		var wrong *daily.WeekdaysError
		if got, err := daily.ReadWeekdays(text); !errors.As(err, &wrong) {
			t.Errorf("ReadWeekdays(%.40q) = %v, %v, want a *WeekdaysError", text, got.List(), err)
		}
	}
	if _, err := daily.ReadWeekdays("moon"); err.Error() != `"moon" does not name days of the week: write them like mon-fri, or sun, tue, thu` {
		t.Error(err)
	}
}

// now is a winter's day at noon in UTC.
var now = time.Date(2026, time.November, 28, 12, 0, 0, 0, time.UTC)

func TestZonesAsPeopleTypeThem(t *testing.T) {
	for want, texts := range map[daily.Zone][]string{
		"Asia/Riyadh": {"Riyadh", "riyadh", " RIYADH ", "Asia/Riyadh", "asia/riyadh", "الرياض", "رياض", "리야드", "利雅得", "Mecca", "مكة المكرمة",
			"جدة", "Jeddah", "السعودية", "Saudi Arabia", "사우디아라비아",
			"المملكة العربية السعودية", "توقيت الرياض", "Riyadh, Saudi Arabia", "沙特阿拉伯"},
		"Asia/Seoul": {"KST", "kst", "Seoul", "서울", "서울시", "서울특별시", "سول", "سيول", "首尔", "Korea", "South Korea", "한국",
			"대한민국", "한국 시간", "韩国", "كوريا", "كوريا الجنوبية", "부산", "부산광역시", "Gyeongju", "경주", "Asia/Seoul"},
		"Asia/Shanghai": {"Beijing", "北京", "北京时间", "北京市", "بكين", "베이징", "上海", "深圳", "Shanghai", "China", "中国", "الصين",
			"Guangzhou", "PRC"},
		"Africa/Cairo": {"Cairo", "القاهرة", "قاهرة", "카이로", "开罗", "Egypt", "مصر", "الإسكندرية", "Alexandria", "埃及"},
		"America/New_York": {"New York", "new york", "America/New_York", "america/new york", "NYC", "نيويورك", "뉴욕", "纽约", "EST",
			"EDT", "Washington", "Boston"},
		"America/Los_Angeles":            {"PST", "Los Angeles", "San Francisco", "로스앤젤레스", "洛杉矶", "旧金山"},
		"Europe/London":                  {"London", "لندن", "런던", "伦敦", "UK", "England", "英国", "بريطانيا"},
		"Asia/Dubai":                     {"Dubai", "دبي", "UAE", "أبو ظبي", "الإمارات", "두바이", "阿联酋"},
		"Asia/Kolkata":                   {"Kolkata", "Mumbai", "Delhi", "India", "인도", "印度", "الهند"},
		"Asia/Taipei":                    {"Taipei", "台北", "臺北", "Taiwan", "台湾", "대만"},
		"Asia/Tokyo":                     {"JST", "Tokyo", "東京", "东京", "طوكيو", "도쿄", "Japan", "Osaka", "일본"},
		"Europe/Berlin":                  {"Berlin", "Munich", "Germany", "برلين", "베를린", "柏林"},
		"Asia/Kuwait":                    {"Kuwait", "الكويت"},
		"Africa/Casablanca":              {"Casablanca", "الدار البيضاء", "المغرب", "Rabat", "Morocco"},
		"America/Argentina/Buenos_Aires": {"Buenos Aires", "Argentina"},
		"Etc/UTC":                        {"UTC"},
	} {
		for _, text := range texts {
			if got, err := daily.ReadZone(text, language.English, now); err != nil || len(got) != 1 || got[0] != want {
				t.Errorf("ReadZone(%q) = %v, %v, want %s alone", text, got, err, want)
			}
		}
	}
}

func TestZonesOfWhichOneHasToChoose(t *testing.T) {
	for _, c := range []struct {
		text  string
		lang  language.Code
		first daily.Zone
		also  daily.Zone
	}{
		{"GMT+3", language.Arabic, "Asia/Riyadh", "Asia/Kuwait"},
		{"gmt +3", language.Arabic, "Asia/Riyadh", "Asia/Baghdad"},
		{"جرينتش+3", language.Arabic, "Asia/Riyadh", "Asia/Baghdad"},
		{"UTC+03:00", language.Arabic, "Asia/Riyadh", "Asia/Baghdad"},
		{"+٣", language.Arabic, "Asia/Riyadh", "Asia/Baghdad"},
		{"GMT+9", language.Korean, "Asia/Seoul", "Asia/Tokyo"},
		{"UTC+8", language.Chinese, "Asia/Shanghai", "Asia/Taipei"},
		{"东八区", language.Chinese, "Asia/Shanghai", "Asia/Taipei"},
		{"UTC-5", language.English, "America/New_York", "America/Toronto"},
		{"+0545", language.English, "Asia/Kathmandu", "Asia/Kathmandu"},
		{"GMT", language.English, "Europe/London", "Europe/Dublin"},
		{"CST", language.Chinese, "Asia/Shanghai", "America/Chicago"},
		{"CST", language.English, "America/Chicago", "Asia/Shanghai"},
		{"IST", language.English, "Asia/Kolkata", "Europe/Dublin"},
		{"USA", language.English, "America/New_York", "America/Los_Angeles"},
		{"أمريكا", language.Arabic, "America/New_York", "Pacific/Honolulu"},
		{"Australia", language.English, "Australia/Sydney", "Australia/Perth"},
	} {
		got, err := daily.ReadZone(c.text, c.lang, now)
		if err != nil || len(got) == 0 || got[0] != c.first || !slices.Contains(got, c.also) || len(got) > 8 {
			t.Errorf("ReadZone(%q) = %v, %v, want %s first and also %s", c.text, got, err, c.first, c.also)
		}
	}
	summer := time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)
	if got, err := daily.ReadZone("GMT+3", language.Arabic, summer); err != nil || !slices.Contains(got, "Africa/Cairo") {
		t.Errorf("in summer GMT+3 is %v, %v, want Cairo among them", got, err)
	}
}

func TestWhatIsNoZone(t *testing.T) {
	for text, want := range map[string]string{
		"Riadh":                  `"Riadh" is not a place or a zone: did you mean Riyadh?`,
		"Seuol":                  `"Seuol" is not a place or a zone: did you mean Seoul?`,
		"الرياظ":                 `"الرياظ" is not a place or a zone: did you mean الرياض?`,
		"Bejing":                 `"Bejing" is not a place or a zone: did you mean Beijing?`,
		"nowhere at all":         `"nowhere at all" is not a place or a zone: write a large city near you, such as Riyadh`,
		"":                       `"" is not a place or a zone: write a large city near you, such as Riyadh`,
		"GMT+25":                 `"GMT+25" is not a place or a zone: write a large city near you, such as Riyadh`,
		"+03:17":                 `"+03:17" is not a place or a zone: write a large city near you, such as Riyadh`,
		"../../etc/localtime":    `"../../etc/localtime" is not a place or a zone: write a large city near you, such as Riyadh`,
		"xz":                     `"xz" is not a place or a zone: write a large city near you, such as Riyadh`,
		strings.Repeat("a", 300): `"` + strings.Repeat("a", 40) + `…" is not a place or a zone: write a large city near you, such as Riyadh`,
	} {
		got, err := daily.ReadZone(text, language.English, now)
		var wrong *daily.ZoneError
		if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), strings.TrimSuffix(want, "?")) {
			t.Errorf("ReadZone(%.40q) = %v, %v, want %s", text, got, err, want)
		}
	}
	for _, z := range []daily.Zone{"", "Local", "asia/riyadh", "../UTC", "Mars/Olympus"} {
		if _, err := z.Location(); err == nil {
			t.Errorf("Zone(%q) has clocks", z)
		}
	}
}

func TestEveryZoneHasClocksAndACity(t *testing.T) {
	for _, name := range zoneNames(t) {
		if _, err := daily.Zone(name).Location(); err != nil {
			t.Error(err)
		}
	}
	for _, c := range language.All() {
		zones := daily.Zones(c)
		if len(zones) < 400 {
			t.Errorf("%d zones are offered in %v", len(zones), c)
		}
		for _, z := range zones {
			city := z.City(c)
			if city == string(z) {
				t.Errorf("%s has no city in %v", z, c)
			}
			if got, err := daily.ReadZone(city, c, now); err != nil || !slices.Contains(got, z) && len(got) > 0 && got[0].City(c) != city && !sameClocks(got[0], z) {
				t.Errorf("ReadZone(%q) = %v, %v, want %s", city, got, err, z)
			}
		}
	}
}

// sameClocks reports whether two zones show the same time in winter and summer.
func sameClocks(a, b daily.Zone) bool {
	x, _ := a.Location()
	y, _ := b.Location()
	return daily.WallOf(now, x) == daily.WallOf(now, y) && daily.WallOf(now.AddDate(0, 7, 0), x) == daily.WallOf(now.AddDate(0, 7, 0), y)
}

func TestWhatTimeIsItWhereYouAre(t *testing.T) {
	for c, want := range map[language.Code]string{
		language.Arabic:  "15:00 Asia/Riyadh, 14:00 Africa/Cairo, 16:00 Asia/Dubai",
		language.English: "07:00 America/New_York, 12:00 Europe/London, 04:00 America/Los_Angeles",
		language.Korean:  "21:00 Asia/Seoul, 04:00 America/Los_Angeles, 07:00 America/New_York",
		language.Chinese: "20:00 Asia/Shanghai, 04:00 America/Los_Angeles, 07:00 America/New_York",
	} {
		clocks := daily.Clocks(now, c)
		var first []string
		for _, k := range clocks[:3] {
			first = append(first, k.Time.String()+" "+string(k.Zones[0]))
		}
		if got := strings.Join(first, ", "); got != want {
			t.Errorf("in %v: %s, want %s", c, got, want)
		}
		if len(clocks) < 30 || len(clocks) > 45 {
			t.Errorf("clocks show %d different times", len(clocks))
		}
	}
	for shown, want := range map[string]daily.Zone{"15:00": "Asia/Riyadh", "15:04": "Asia/Riyadh", "14:55": "Asia/Riyadh",
		"17:31": "Asia/Kolkata", "17:44": "Asia/Kathmandu"} {
		at, err := daily.ReadTime(shown)
		if err != nil {
			t.Fatal(err)
		}
		if got := daily.ZonesAt(now, at, language.Arabic); len(got) == 0 || got[0] != want {
			t.Errorf("where it is %s: %v, want %s first", shown, got, want)
		}
	}
	if got := daily.ZonesAt(now, daily.At(15, 9), language.Arabic); len(got) > 0 {
		t.Errorf("at nine minutes past three it is nowhere, got %v", got)
	}
}

// FuzzReading looks for texts that break a reader, or of which one makes a time that is none.
func FuzzReading(f *testing.F) {
	for _, s := range []string{"9:30 pm", "half past nine", "التاسعة والنصف مساء", "오후 9시 반", "上午九点三刻", "mon-fri", "월~금", "GMT+3", "Riadh",
		"二十三点", "ten to nine"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at, err := daily.ReadTime(text); err == nil && (at < 0 || at >= daily.MinutesPerDay) {
			t.Errorf("ReadTime(%q) = %d", text, at)
		}
		if days, err := daily.ReadWeekdays(text); err == nil && (days == 0 || days > daily.EveryDay) {
			t.Errorf("ReadWeekdays(%q) = %b", text, days)
		}
		zones, err := daily.ReadZone(text, language.Korean, now)
		if (err == nil) != (len(zones) > 0) {
			t.Errorf("ReadZone(%q) = %v, %v", text, zones, err)
		}
		for _, z := range zones {
			if _, err := z.Location(); err != nil {
				t.Errorf("ReadZone(%q) = %v: %v", text, zones, err)
			}
		}
	})
}

func Example() {
	at, _ := daily.ReadTime("오후 9시 반")
	days, _ := daily.ReadWeekdays("sun-thu")
	zones, _ := daily.ReadZone("الرياض", language.Arabic, now)
	zone, err := zones[0].Location()
	if err != nil {
		fmt.Println(err)
		return
	}
	schedule := daily.Weekly(at, days)
	fmt.Println(schedule)
	for _, o := range schedule.Upcoming(now, zone, daily.Occurrence{}, 3) {
		fmt.Println(o.Wall, o.At.In(zone).Weekday(), o.At.Format(time.RFC3339))
	}
	// Output:
	// 30 21 * * 0,1,2,3,4
	// 2026-11-29 21:30 Sunday 2026-11-29T18:30:00Z
	// 2026-11-30 21:30 Monday 2026-11-30T18:30:00Z
	// 2026-12-01 21:30 Tuesday 2026-12-01T18:30:00Z
}
