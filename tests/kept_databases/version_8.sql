BEGIN TRANSACTION;
CREATE TABLE answers (
            id INTEGER NOT NULL, change_id INTEGER NOT NULL, what VARCHAR(20) NOT NULL, seen TEXT NOT NULL,
            meaning TEXT, PRIMARY KEY (id), FOREIGN KEY(change_id) REFERENCES changes (id));
INSERT INTO "answers" VALUES(1,3,'area','文院一','310109016001');
CREATE TABLE changes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at VARCHAR(40) NOT NULL, 
	user TEXT NOT NULL, 
	action VARCHAR(20) NOT NULL, 
	upload_id VARCHAR(20), role VARCHAR(20), 
	UNIQUE (upload_id, action), 
	FOREIGN KEY(upload_id) REFERENCES uploads (id)
);
INSERT INTO "changes" VALUES(1,'2026-10-01T04:00:00.000000+00:00','李四','upload','u0001',NULL);
INSERT INTO "changes" VALUES(2,'2026-10-01T04:00:00.000000+00:00','王五','step',NULL,NULL);
INSERT INTO "changes" VALUES(3,'2026-10-01T04:00:00.000000+00:00','李四','answer',NULL,NULL);
CREATE TABLE check_rows (
	id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	area_code TEXT, 
	site TEXT, 
	site_kind TEXT, 
	category TEXT, 
	indicator TEXT, 
	result TEXT, 
	deduction FLOAT, 
	score FLOAT, 
	full_marks FLOAT, 
	checked_on TEXT, 
	inspector TEXT, 
	round TEXT, 
	round_no FLOAT, 
	description TEXT, 
	photos FLOAT, 
	inferred TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(table_id) REFERENCES tables (id)
);
INSERT INTO "check_rows" VALUES(1,3,4,'310109016001','广水小区',NULL,NULL,'楼道无杂物','fail',NULL,1.5,NULL,'2026-09-29',NULL,NULL,NULL,NULL,NULL,'checked_on,round');
CREATE TABLE decisions (
            id INTEGER NOT NULL, change_id INTEGER NOT NULL, decision VARCHAR(20) NOT NULL,
            decided_on VARCHAR(10) NOT NULL, text TEXT NOT NULL, owner TEXT NOT NULL, due_on VARCHAR(10),
            area_code VARCHAR(20), thread TEXT, status VARCHAR(20) NOT NULL, note TEXT, demo BOOLEAN NOT NULL DEFAULT false, PRIMARY KEY (id),
            FOREIGN KEY(change_id) REFERENCES changes (id));
CREATE TABLE handovers (
            id INTEGER NOT NULL, change_id INTEGER NOT NULL, post VARCHAR(20) NOT NULL,
            area_code VARCHAR(20) NOT NULL, leaves TEXT NOT NULL, follows TEXT, "on" VARCHAR(10) NOT NULL, note TEXT,
            PRIMARY KEY (id), FOREIGN KEY(change_id) REFERENCES changes (id));
CREATE TABLE ledger_rows (
	id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	number TEXT, 
	area_code TEXT, 
	site TEXT, 
	location TEXT, 
	category TEXT, 
	indicator TEXT, 
	description TEXT, 
	severity TEXT, 
	round TEXT, 
	round_no FLOAT, 
	inspector TEXT, 
	found_on TEXT, 
	due_on TEXT, 
	fixed_on TEXT, 
	verified_on TEXT, 
	status TEXT, 
	responsible_unit TEXT, 
	responsible_person TEXT, 
	measure TEXT, 
	note TEXT, 
	photos_before FLOAT, 
	photos_after FLOAT, 
	inferred TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(table_id) REFERENCES tables (id)
);
INSERT INTO "ledger_rows" VALUES(1,2,3,NULL,'310109016001','3号楼',NULL,NULL,NULL,'楼道堆物',NULL,NULL,NULL,NULL,'2026-09-28',NULL,NULL,NULL,'open',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE meetings (
            id INTEGER NOT NULL, change_id INTEGER NOT NULL, held_on VARCHAR(10) NOT NULL, as_of VARCHAR(10) NOT NULL,
            standard VARCHAR(12) NOT NULL, numbers JSON NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(change_id) REFERENCES changes (id));
CREATE TABLE originals (
	sha256 VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (sha256)
);
INSERT INTO "originals" VALUES('79f076abdd19a752db7267bfff2f9022161d120dea919fdaca2ffdfc24ca8c96',X'6B657074');
CREATE TABLE patrol_rows (
	id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	area_code TEXT, 
	date TEXT, 
	activity TEXT, 
	party_members FLOAT, 
	volunteers FLOAT, 
	hours FLOAT, 
	found FLOAT, 
	solved FLOAT, 
	note TEXT, 
	inferred TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(table_id) REFERENCES tables (id)
);
INSERT INTO "patrol_rows" VALUES(1,5,5,'310109016001','2026-09-27','清洁家园',NULL,12.0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE picture_uses (
	id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	field VARCHAR(20) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(table_id) REFERENCES tables (id), 
	FOREIGN KEY(sha256) REFERENCES pictures (sha256)
);
INSERT INTO "picture_uses" VALUES(1,2,3,'photos_after',0,'55c64d0fcd6f9d5f7c828093857e3fdfda68478bb4e9bd24d481ef391c7804e8');
CREATE TABLE pictures (
	sha256 VARCHAR(64) NOT NULL, 
	media_type VARCHAR(20) NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	phash VARCHAR(16), 
	content BLOB NOT NULL, 
	thumbnail BLOB NOT NULL, 
	PRIMARY KEY (sha256)
);
INSERT INTO "pictures" VALUES('55c64d0fcd6f9d5f7c828093857e3fdfda68478bb4e9bd24d481ef391c7804e8','image/jpeg',640,480,'00000000000000ff',X'70686F746F',X'736D616C6C2070686F746F');
CREATE TABLE problems (
	id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	sheet TEXT, 
	"row" INTEGER, 
	cell VARCHAR(20), 
	field VARCHAR(40), 
	value TEXT, 
	suggestions JSON NOT NULL, 
	facts JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(table_id) REFERENCES tables (id)
);
INSERT INTO "problems" VALUES(1,2,'bad_date','台账',9,'E9','found_on','2026-02-30','["2026-02-28"]','{"year": 2026}');
CREATE TABLE schema_versions (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_versions" VALUES(2);
INSERT INTO "schema_versions" VALUES(3);
INSERT INTO "schema_versions" VALUES(4);
INSERT INTO "schema_versions" VALUES(5);
INSERT INTO "schema_versions" VALUES(6);
INSERT INTO "schema_versions" VALUES(7);
INSERT INTO "schema_versions" VALUES(8);
CREATE TABLE screen_withdrawals (
            screen_id INTEGER NOT NULL, change_id INTEGER NOT NULL, PRIMARY KEY (screen_id),
            FOREIGN KEY(screen_id) REFERENCES screens (id), FOREIGN KEY(change_id) REFERENCES changes (id));
CREATE TABLE screens (
            id INTEGER NOT NULL, change_id INTEGER NOT NULL, name TEXT NOT NULL, token_hash VARCHAR(64) NOT NULL,
            PRIMARY KEY (id), FOREIGN KEY(change_id) REFERENCES changes (id), UNIQUE (token_hash));
CREATE TABLE site_rows (
	id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	area_code TEXT, 
	name TEXT, 
	site_kind TEXT, 
	address TEXT, 
	lon FLOAT, 
	lat FLOAT, 
	datum TEXT, 
	point_chief TEXT, 
	road_chief TEXT, 
	block_chief TEXT, 
	phone TEXT, 
	inferred TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(table_id) REFERENCES tables (id)
);
INSERT INTO "site_rows" VALUES(1,4,2,'310109016001','广水小区',NULL,NULL,121.47,31.29,NULL,NULL,NULL,NULL,'13800000000',NULL);
CREATE TABLE step_pictures (
            id INTEGER NOT NULL, step_id INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(step_id) REFERENCES steps (id), FOREIGN KEY(sha256) REFERENCES pictures (sha256));
CREATE TABLE steps (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	thread TEXT NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	"on" VARCHAR(10) NOT NULL, 
	note TEXT, seen VARCHAR(20), until VARCHAR(10), 
	PRIMARY KEY (id), 
	FOREIGN KEY(change_id) REFERENCES changes (id)
);
INSERT INTO "steps" VALUES(1,2,'t','fixed','2026-10-01','已清理',NULL,NULL);
CREATE TABLE tables (
	id INTEGER NOT NULL, 
	upload_id VARCHAR(20) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	sheet TEXT, 
	kind VARCHAR(20), 
	sheet_date VARCHAR(10), 
	header_rows JSON NOT NULL, 
	ignored JSON NOT NULL, 
	columns JSON NOT NULL, 
	sources JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(upload_id) REFERENCES uploads (id)
);
INSERT INTO "tables" VALUES(1,'u0001',0,'说明',NULL,NULL,'[]','[[1, "note"]]','{}','{}');
INSERT INTO "tables" VALUES(2,'u0001',1,'台账','ledger','2026-09-30','[2]','[[1, "title"]]','{"问题描述": "description"}','{"area_code": "title"}');
INSERT INTO "tables" VALUES(3,'u0001',2,'检查','checklist',NULL,'[]','[]','{}','{}');
INSERT INTO "tables" VALUES(4,'u0001',3,'点位','sites',NULL,'[]','[]','{}','{}');
INSERT INTO "tables" VALUES(5,'u0001',4,'巡查','patrols',NULL,'[]','[]','{}','{}');
CREATE TABLE tallies (
            id INTEGER NOT NULL, table_id INTEGER NOT NULL, "row" INTEGER NOT NULL, cell VARCHAR(20) NOT NULL,
            area_code VARCHAR(20), measure VARCHAR(20) NOT NULL, value FLOAT NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(table_id) REFERENCES tables (id));
INSERT INTO "tallies" VALUES(1,2,9,'C9',NULL,'found',2.0);
CREATE TABLE uploads (
	id VARCHAR(20) NOT NULL, 
	file TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name_context TEXT NOT NULL, 
	demo BOOLEAN NOT NULL, 
	records INTEGER NOT NULL, 
	rejected INTEGER NOT NULL, corrections TEXT NOT NULL DEFAULT '{}', 
	PRIMARY KEY (id), 
	FOREIGN KEY(sha256) REFERENCES originals (sha256)
);
INSERT INTO "uploads" VALUES('u0001','广水.xlsx','79f076abdd19a752db7267bfff2f9022161d120dea919fdaca2ffdfc24ca8c96','[null, null, null]',0,4,1,'{}');
CREATE TABLE withdrawals (
	step_id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	PRIMARY KEY (step_id), 
	FOREIGN KEY(step_id) REFERENCES steps (id), 
	FOREIGN KEY(change_id) REFERENCES changes (id)
);
CREATE INDEX ix_uploads_sha256 ON uploads (sha256);
CREATE INDEX ix_tables_upload_id ON tables (upload_id);
CREATE INDEX ix_problems_table_id ON problems (table_id);
CREATE INDEX ix_picture_uses_table_id ON picture_uses (table_id);
CREATE INDEX ix_step_pictures_step_id ON step_pictures (step_id);
CREATE INDEX ix_decisions_decision ON decisions (decision);
CREATE INDEX ix_tallies_table_id ON tallies (table_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('changes',3);
COMMIT;
