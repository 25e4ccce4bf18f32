"""Runs the Python examples of the documentation below the given folders against an emulator in this process.

They are code of Lambda functions. Each must define a function that has a check here.
"""
import gzip
import os
import pathlib
import sys

import boto3
from checked_files import check_files
from moto import mock_aws

os.environ.update(
    AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1",
    PROCESSED_EVENTS_TABLE="processed-events", TABLE_NAME="transactions", ARCHIVE_BUCKET_NAME="archive",
)
DETAIL = {"schema_version": "1", "transaction_id": "stripe:pi_1", "timestamp": "2026-01-01T00:00:00.000Z#evt_1"}


def create_table(name: str, *keys: str):
    return boto3.resource("dynamodb").create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"))],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
    )


def processes_once(names: dict) -> None:
    create_table("processed-events", "id")
    processed = []
    names["process_once"] = lambda detail, key: processed.append(key)
    event = {"detail-type": "transaction.received", "detail": DETAIL}
    results = [names["handler"](event, None), names["handler"](event, None)]
    assert (results, len(processed)) == (["processed", "repeated"], 1), results


def reads_the_body(names: dict) -> None:
    table = create_table("transactions", "transaction_id", "timestamp")
    boto3.client("s3").create_bucket(Bucket="archive")
    boto3.client("s3").put_object(Bucket="archive", Key="body.gz", Body=gzip.compress(b"large"))
    key = {"transaction_id": DETAIL["transaction_id"]}
    table.put_item(Item={**key, "timestamp": "small", "body": gzip.compress(b"small")})
    table.put_item(Item={**key, "timestamp": "large", "body_key": "body.gz"})
    bodies = [names["raw_body"]({**key, "timestamp": timestamp}) for timestamp in ("small", "large", "expired")]
    assert bodies == [b"small", b"large", None], bodies


CHECKS = {"handler": processes_once, "raw_body": reads_the_body}


@mock_aws
def run(file: pathlib.Path) -> None:
    names: dict = {}
    exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)
    checks = [check for function, check in CHECKS.items() if function in names]
    assert checks, f"must define one of {', '.join(CHECKS)}"
    for check in checks:
        check(names)


sys.exit(check_files(sys.argv[1:], run))
