// The records that every system is given: the same on every run.  No real person.

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑'], given = [...'秀英桂兰玉珍美华丽婷雨晴红凤翠莲秋菊晓燕建国志强德福明伟俊杰海永康军文斌'];
export const units = 16, categories = ['A01', 'A02', 'A10', 'B02', 'B03', 'B07', 'C03', 'D01', '', '', '', ''];

export function* rows(n) {
    let seed = 20240601n;
    const pick = (many) => {
        seed = (seed * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
        return Number((seed >> 33n) % BigInt(many));
    };
    for (let i = 1; i <= n; i++) {
        const born = new Date(Date.UTC(1930 + pick(80), pick(12), 1 + pick(28))).toISOString().slice(0, 10);
        yield { id: i, name: surnames[pick(surnames.length)] + given[pick(given.length)] + given[pick(given.length)], sex: pick(2) ? '1' : '2', born,
            unit: 1 + i % units, category: categories[pick(categories.length)], phone: `139${String(pick(100000000)).padStart(8, '0')}`,
            address: `${1 + pick(300)}号` };
    }
}

// What is asked: people of category B02 in unit 3, the first 20; a name of two characters; one record after the other.
export const asked = { unit: 3, category: 'B02', name: '秀英', ids: Array.from({ length: 50 }, (_, i) => 100 + i * 16 + 3) };
