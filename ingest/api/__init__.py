"""The official API reference that ships inside botocore, as documents."""
